package dev.haldane.postrender.config.file;

import dev.haldane.postrender.config.Nearest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.ScalarType;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The fields of one map of the configuration, by name and type. A field that is absent or null is empty; one of the
/// wrong type is a problem, and empty.
final class Fields {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)");

    private final Mapping mapping;
    private final List<String> path;
    private final Problems problems;

    private Fields(Mapping mapping, List<String> path, Problems problems) {
        this.mapping = mapping;
        this.path = path;
        this.problems = problems;
    }

    static Fields root(Mapping mapping, Problems problems) {
        return new Fields(mapping, List.of(), problems);
    }

    /// What no field is called is a problem, with the nearest name of those that there are.
    Fields only(Collection<String> names) {
        for (String key : mapping.entries().keySet()) {
            if (!names.contains(key)) {
                var of = path.isEmpty() ? "" : " of " + String.join(".", path);
                problem(key, "unknown field '" + key + "'" + of, Nearest.remedy(key, names));
            }
        }
        mapping.doubled().forEach(key -> problem(key, "'" + key + "' stands twice", "keep one of them"));
        return this;
    }

    List<String> names() {
        return List.copyOf(mapping.entries().keySet());
    }

    boolean has(String name) {
        return value(name).isPresent();
    }

    void problem(String name, String problem, String remedy) {
        problems.add(to(name), problem, remedy);
    }

    Optional<String> text(String name) {
        return scalar(name).flatMap(scalar -> {
            if (scalar.type() == ScalarType.STRING || scalar.type() == ScalarType.INTEGER) {
                return Optional.of(scalar.text());
            }
            return wrong(name, "a text");
        });
    }

    /// A text that is one of a few words.
    Optional<String> choice(String name, Collection<String> words) {
        return text(name)
                .filter(word -> words.contains(word)
                        || reject(name, called(name) + " cannot be '" + word + "'", Nearest.remedy(word, words)));
    }

    /// @param form what would be right, for the message
    Optional<String> matching(String name, Pattern pattern, String form) {
        return text(name)
                .filter(text -> pattern.matcher(text).matches()
                        || reject(name, called(name) + " cannot be '" + text + "'", form));
    }

    Optional<Integer> number(String name, int least, int most) {
        return scalar(name).flatMap(scalar -> {
            var text = scalar.text();
            boolean whole =
                    scalar.type() == ScalarType.INTEGER && NUMBER.matcher(text).matches();
            if (whole && text.length() < 10 && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
                return Optional.of(Integer.parseInt(text));
            }
            return wrong(name, "a whole number from " + least + " to " + most);
        });
    }

    /// A number as it was written; fractions are fine.
    Optional<String> decimal(String name) {
        return scalar(name)
                .flatMap(scalar -> scalar.type() == ScalarType.INTEGER || scalar.type() == ScalarType.FLOAT
                        ? Optional.of(scalar.text())
                        : wrong(name, "a number"));
    }

    Optional<Boolean> truth(String name) {
        return scalar(name)
                .flatMap(scalar -> scalar.type() == ScalarType.BOOLEAN
                        ? Optional.of(Boolean.parseBoolean(scalar.text()))
                        : wrong(name, "true or false"));
    }

    Optional<List<String>> texts(String name, Pattern pattern, String form) {
        return list(name).map(items -> {
            var texts = new ArrayList<String>();
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i) instanceof Scalar s
                        && pattern.matcher(s.text()).matches()) {
                    texts.add(s.text());
                } else {
                    var shown = items.get(i) instanceof Scalar s ? "'" + s.text() + "'" : "a list or a map";
                    problems.add(step(to(name), i), called(name) + " cannot have " + shown, form);
                }
            }
            return texts;
        });
    }

    /// A map of texts, such as labels.
    Optional<Map<String, String>> labels(String name) {
        return value(name).map(_ -> {
            var below = below(name);
            var labels = new LinkedHashMap<String, String>();
            below.names().forEach(key -> below.text(key).ifPresent(text -> labels.put(key, text)));
            return labels;
        });
    }

    /// A list of maps, each read by `reader`.
    <T> Optional<List<T>> maps(String name, Function<Fields, Optional<T>> reader) {
        return list(name).map(items -> {
            var read = new ArrayList<T>();
            for (int i = 0; i < items.size(); i++) {
                var itemPath = step(to(name), i);
                if (items.get(i) instanceof Mapping m) {
                    reader.apply(new Fields(m, itemPath, problems)).ifPresent(read::add);
                } else {
                    problems.add(itemPath, "an item of " + called(name) + " must be a map", "- key: value");
                }
            }
            return read;
        });
    }

    /// The fields below a name; none where nothing stands there.
    Fields below(String name) {
        Mapping there = value(name)
                .map(node -> node instanceof Mapping m
                        ? m
                        : this.<Mapping>wrong(name, "a map").orElse(Mapping.EMPTY))
                .orElse(Mapping.EMPTY);
        return new Fields(there, to(name), problems);
    }

    private Optional<List<Node>> list(String name) {
        return value(name)
                .flatMap(node -> node instanceof Sequence(var items)
                        ? Optional.of(items)
                        : wrong(name, "a list, such as [a, b]"));
    }

    private Optional<Scalar> scalar(String name) {
        return value(name).flatMap(node -> node instanceof Scalar s ? Optional.of(s) : wrong(name, "one value"));
    }

    private Optional<Node> value(String name) {
        return mapping.get(name).filter(node -> !node.equals(Scalar.NULL));
    }

    private <T> Optional<T> wrong(String name, String right) {
        var shown = mapping.text(name).map(text -> ", not '" + text + "'").orElse("");
        problem(name, called(name) + " must be " + right + shown, "");
        return Optional.empty();
    }

    private boolean reject(String name, String problem, String remedy) {
        problem(name, problem, remedy);
        return false;
    }

    private String called(String name) {
        return String.join(".", to(name));
    }

    private List<String> to(String name) {
        return Stream.concat(path.stream(), Stream.of(name)).toList();
    }

    private static List<String> step(List<String> path, int index) {
        return Stream.concat(path.stream(), Stream.of(Integer.toString(index))).toList();
    }
}
