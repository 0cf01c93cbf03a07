package dev.haldane.webhook.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A place in a Canary object, with its path for messages. `null` in the object is the same as absent.
record Field(String path, JsonNode value) {

    // The CRD's pattern is `^[0-9]+(m|s)`, read by Go's parser: 90s, 2m, 1m30s; 500ms fits the pattern as well.
    private static final Pattern DURATION = Pattern.compile("(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

    static Field root(JsonNode object) {
        return new Field("", object);
    }

    Field at(String name) {
        return new Field(path.isEmpty() ? name : path + "." + name, value.path(name));
    }

    boolean given() {
        return !value.isMissingNode() && !value.isNull();
    }

    /// Whether the field asks for anything: absent, `false`, `0`, `""`, `[]` and `{}` do not.
    boolean asks() {
        return switch (value.getNodeType()) {
            case MISSING, NULL -> false;
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> value.doubleValue() != 0;
            case STRING -> !value.textValue().isEmpty();
            case ARRAY, OBJECT -> !value.isEmpty();
            case BINARY, POJO -> true;
        };
    }

    String text(String absent) {
        return optionalText().orElse(absent);
    }

    String requiredText(String allowed) {
        return optionalText().orElseThrow(() -> wrong(allowed));
    }

    Optional<String> optionalText() {
        if (!given()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw wrong("a string");
        }
        return value.textValue().isEmpty() ? Optional.empty() : Optional.of(value.textValue());
    }

    boolean flag() {
        if (!given()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw wrong("true or false");
        }
        return value.booleanValue();
    }

    int integer(int absent, int least, int greatest) {
        if (!given()) {
            return absent;
        }
        var allowed = "a whole number from " + least + " to " + greatest;
        if (!value.isNumber() || value.doubleValue() != Math.rint(value.doubleValue())) {
            throw wrong(allowed);
        }
        if (value.doubleValue() < least || value.doubleValue() > greatest) {
            throw wrong(allowed);
        }
        return (int) value.doubleValue();
    }

    OptionalDouble number() {
        if (!given()) {
            return OptionalDouble.empty();
        }
        if (!value.isNumber()) {
            throw wrong("a number");
        }
        return OptionalDouble.of(value.doubleValue());
    }

    Duration duration(Duration absent, Duration least) {
        var text = optionalText();
        if (text.isEmpty()) {
            return absent;
        }
        var allowed = "minutes and seconds such as 60s or 1m30s, at least " + least.toSeconds() + "s";
        var parts = DURATION.matcher(text.get());
        if (!parts.matches()) {
            throw wrong(allowed);
        }
        var duration = Duration.ofMinutes(whole(parts.group(1)))
                .plusSeconds(whole(parts.group(2)))
                .plusMillis(whole(parts.group(3)));
        if (duration.compareTo(least) < 0) {
            throw wrong(allowed);
        }
        return duration;
    }

    private static long whole(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    List<String> texts() {
        var texts = new ArrayList<String>();
        for (var item : items()) {
            texts.add(item.requiredText("a string"));
        }
        return texts;
    }

    List<Field> items() {
        if (!given()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrong("a list");
        }
        var items = new ArrayList<Field>();
        for (int i = 0; i < value.size(); i++) {
            items.add(new Field(path + "[" + i + "]", value.path(i)));
        }
        return items;
    }

    /// Checks that this is an object of no other fields than these, and that those which this version does not act
    /// upon ask for nothing.
    Field object(Set<String> known, Map<String, String> refused) {
        if (!given()) {
            return this;
        }
        if (!value.isObject()) {
            throw wrong("an object");
        }
        for (var property : value.properties()) {
            var field = at(property.getKey());
            if (refused.containsKey(property.getKey())) {
                if (field.asks()) {
                    throw new FieldProblem(field.path + " " + refused.get(property.getKey()));
                }
            } else if (!known.contains(property.getKey())) {
                throw new FieldProblem(field.path + " is no field of a Canary");
            }
        }
        return this;
    }

    FieldProblem wrong(String allowed) {
        return new FieldProblem(
                path + (given() ? " is " + shortened(value.toString()) : " is missing") + ", must be " + allowed);
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
