package dev.haldane.postrender.plan;

import dev.haldane.postrender.manifest.Json;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.ScalarType;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A place in a Canary, with its path for messages. `null` in the object is the same as absent.
record Field(List<String> path, Node node) {
    private static final int SHOWN = 80;

    static Field root(Manifest canary) {
        return new Field(List.of(), canary.root());
    }

    Field at(String... names) {
        var here = this;
        for (String name : names) {
            var longer = new ArrayList<>(here.path);
            longer.add(name);
            here = new Field(List.copyOf(longer), here.node.at(name).orElse(Scalar.NULL));
        }
        return here;
    }

    boolean given() {
        return !node.equals(Scalar.NULL);
    }

    /// Whether the field asks for anything: absent, `false`, `0`, `""`, `[]` and `{}` do not.
    boolean asks() {
        return switch (node) {
            case Mapping(var entries, var _) -> !entries.isEmpty();
            case Sequence(var items) -> !items.isEmpty();
            case Scalar s ->
                switch (s.type()) {
                    case NULL -> false;
                    case BOOLEAN -> s.equals(Scalar.of(true));
                    case STRING, OTHER -> !s.text().isEmpty();
                    case INTEGER, FLOAT ->
                        decimal(s).filter(n -> n.signum() == 0).isEmpty();
                };
        };
    }

    /// Throws where something stands that is no map.
    Field map() {
        if (given() && !(node instanceof Mapping)) {
            throw wrong("a map");
        }
        return this;
    }

    List<Field> items() {
        if (!given()) {
            return List.of();
        }
        if (!(node instanceof Sequence(var items))) {
            throw wrong("a list");
        }
        var fields = new ArrayList<Field>();
        for (int i = 0; i < items.size(); i++) {
            var longer = new ArrayList<>(path);
            longer.add(Integer.toString(i));
            fields.add(new Field(List.copyOf(longer), items.get(i)));
        }
        return fields;
    }

    String text(String absent) {
        if (!given()) {
            return absent;
        }
        if (!(node instanceof Scalar s) || s.type() != ScalarType.STRING) {
            throw wrong("a text");
        }
        return s.text().isEmpty() ? absent : s.text();
    }

    boolean flag() {
        if (!given()) {
            return false;
        }
        if (!(node instanceof Scalar s) || s.type() != ScalarType.BOOLEAN) {
            throw wrong("true or false");
        }
        return s.equals(Scalar.of(true));
    }

    int integer(int absent, int least, int greatest) {
        if (!given()) {
            return absent;
        }
        double number = number().orElse(Double.NaN);
        if (number != Math.rint(number) || number < least || number > greatest) {
            throw wrong("a whole number from " + least + " to " + greatest);
        }
        return (int) number;
    }

    OptionalDouble number() {
        if (!given()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Optional.of(node)
                .filter(Scalar.class::isInstance)
                .map(Scalar.class::cast)
                .filter(s -> s.type() == ScalarType.INTEGER || s.type() == ScalarType.FLOAT)
                .flatMap(Field::decimal)
                .orElseThrow(() -> wrong("a number"))
                .doubleValue());
    }

    /// Minutes, seconds and milliseconds, as the API's pattern `^[0-9]+(m|s)` and Go's reader of it take them.
    Duration duration(Duration absent, Duration least) {
        var text = text("");
        if (text.isEmpty()) {
            return absent;
        }
        return Interval.parse(text)
                .filter(duration -> duration.compareTo(least) >= 0)
                .orElseThrow(
                        () -> wrong("minutes and seconds such as 60s or 1m30s, at least " + least.toSeconds() + "s"));
    }

    Nonsense wrong(String allowed) {
        return new Nonsense(path, name() + (given() ? " is " + shown() : " is missing") + ", must be " + allowed);
    }

    /// `spec.analysis.metrics[0].name`.
    String name() {
        var name = new StringBuilder();
        for (String step : path) {
            boolean item = !step.isEmpty() && step.chars().allMatch(c -> c >= '0' && c <= '9');
            name.append(item ? "[" + step + "]" : name.isEmpty() ? step : "." + step);
        }
        return name.toString();
    }

    private String shown() {
        var json = Json.print(node);
        return json.length() <= SHOWN ? json : json.substring(0, SHOWN) + "…";
    }

    private static Optional<BigDecimal> decimal(Scalar scalar) {
        try {
            return scalar.text().length() > SHOWN ? Optional.empty() : Optional.of(new BigDecimal(scalar.text()));
        } catch (NumberFormatException _) {
            return Optional.empty(); // .inf, 0x10: nothing that a percentage could be
        }
    }
}
