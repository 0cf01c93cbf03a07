package dev.haldane.postrender.chart.engine;

import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Json;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.ScalarType;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/// The functions of Go's templates, of Sprig and of Helm that decide about names, labels and ports. Any other one
/// gives an opaque word.
final class Functions {
    private static final String OPAQUE = "opaque-";

    private Functions() {}

    static Node call(String name, List<Node> given) {
        try {
            return known(name, given).orElseGet(() -> opaque(name, given));
        } catch (IndexOutOfBoundsException | NumberFormatException _) {
            return opaque(name, given);
        }
    }

    /// Whether nobody knows what it is, and so what its members are.
    static boolean isOpaque(Node node) {
        return node instanceof Scalar scalar && scalar.text().startsWith(OPAQUE);
    }

    /// The same word for the same call.
    static Node opaque(String name, List<Node> given) {
        return Scalar.of(OPAQUE + Integer.toHexString(Objects.hash(name, given)));
    }

    private static Optional<Node> known(String name, List<Node> given) {
        return texts(name, given)
                .map(Scalar::of)
                .map(Node.class::cast)
                .or(() -> truths(name, given).map(Scalar::of))
                .or(() -> numbers(name, given).map(Scalar::of))
                .or(() -> values(name, given));
    }

    private static Optional<String> texts(String name, List<Node> given) {
        return Optional.ofNullable(
                switch (name) {
                    case "quote" -> "\"" + text(given.getLast()) + "\"";
                    case "squote" -> "'" + text(given.getLast()) + "'";
                    case "toString", "print" -> joined(given, "");
                    case "printf" -> printf(given);
                    case "trunc" -> truncated(text(given.get(1)), number(given.get(0)));
                    case "trim" -> text(given.getLast()).strip();
                    case "trimSuffix" -> trimSuffix(text(given.get(1)), text(given.get(0)));
                    case "trimPrefix" -> trimPrefix(text(given.get(1)), text(given.get(0)));
                    case "lower" -> text(given.getLast()).toLowerCase(Locale.ROOT);
                    case "upper" -> text(given.getLast()).toUpperCase(Locale.ROOT);
                    case "replace" -> text(given.get(2)).replace(text(given.get(0)), text(given.get(1)));
                    case "indent" -> indented(text(given.get(1)), number(given.get(0)));
                    case "nindent" -> "\n" + indented(text(given.get(1)), number(given.get(0)));
                    case "toYaml" -> yaml(given.getLast());
                    case "toJson" -> Json.print(given.getLast());
                    case "kindOf" -> kind(given.getLast());
                    case "join" -> given.get(1) instanceof Sequence s ? joined(s.items(), text(given.get(0))) : null;
                    default -> null;
                });
    }

    private static Optional<Boolean> truths(String name, List<Node> given) {
        return Optional.ofNullable(
                switch (name) {
                    case "not", "empty" -> !isTrue(given.getLast());
                    case "eq" ->
                        given.subList(1, given.size()).stream().anyMatch(other -> same(given.getFirst(), other));
                    case "ne" -> !same(given.get(0), given.get(1));
                    case "lt" -> decimal(given.get(0)) < decimal(given.get(1));
                    case "le" -> decimal(given.get(0)) <= decimal(given.get(1));
                    case "gt" -> decimal(given.get(0)) > decimal(given.get(1));
                    case "ge" -> decimal(given.get(0)) >= decimal(given.get(1));
                    case "contains" -> text(given.get(1)).contains(text(given.get(0)));
                    case "hasPrefix" -> text(given.get(1)).startsWith(text(given.get(0)));
                    case "hasSuffix" -> text(given.get(1)).endsWith(text(given.get(0)));
                    case "hasKey" ->
                        given.get(0) instanceof Mapping m
                                && m.get(text(given.get(1))).isPresent();
                    case "has" ->
                        given.get(1) instanceof Sequence s && s.items().contains(given.get(0));
                    case "kindIs" -> kind(given.get(1)).equals(text(given.get(0)));
                    case "semverCompare" -> true;
                    default -> null;
                });
    }

    private static Optional<Long> numbers(String name, List<Node> given) {
        return Optional.ofNullable(
                switch (name) {
                    case "int", "int64" -> (long) decimal(given.getLast());
                    case "len" -> length(given.getLast());
                    case "add" -> given.stream().mapToLong(Functions::number).sum();
                    case "sub" -> number(given.get(0)) - (long) number(given.get(1));
                    case "mul" -> given.stream().mapToLong(Functions::number).reduce(1, (a, b) -> a * b);
                    default -> null;
                });
    }

    private static Optional<Node> values(String name, List<Node> given) {
        return Optional.ofNullable(
                switch (name) {
                    case "default" -> isTrue(given.getLast()) ? given.getLast() : given.getFirst();
                    case "and" ->
                        given.stream()
                                .filter(value -> !isTrue(value))
                                .findFirst()
                                .orElse(given.getLast());
                    case "or", "coalesce" ->
                        given.stream().filter(Functions::isTrue).findFirst().orElse(given.getLast());
                    case "ternary" -> isTrue(given.get(2)) ? given.get(0) : given.get(1);
                    case "required" -> given.getLast();
                    case "dict" -> dictionary(given);
                    case "list" -> new Sequence(given);
                    case "compact" -> compact(given.getFirst());
                    case "set" -> given.get(0) instanceof Mapping m ? m.with(text(given.get(1)), given.get(2)) : null;
                    case "unset" -> given.get(0) instanceof Mapping m ? m.without(text(given.get(1))) : null;
                    case "append" -> appended(given.get(0), given.get(1));
                    case "without" -> without(given);
                    case "get", "index" -> item(given.get(0), given.get(1));
                    case "first" -> given.getFirst() instanceof Sequence(var items) ? items.getFirst() : null;
                    case "merge", "mergeOverwrite" -> merged(given);
                    case "deepCopy" -> given.getLast();
                    case "lookup" -> Mapping.EMPTY;
                    case "fromYaml" -> parsed(text(given.getLast()));
                    default -> null;
                });
    }

    static boolean isTrue(Node value) {
        return switch (value) {
            case Scalar scalar ->
                switch (scalar.type()) {
                    case NULL -> false;
                    case BOOLEAN -> scalar.text().equalsIgnoreCase("true");
                    case INTEGER, FLOAT -> decimal(scalar) != 0;
                    case STRING, OTHER -> !scalar.text().isEmpty();
                };
            case Sequence(var items) -> !items.isEmpty();
            case Mapping(var entries, var _) -> !entries.isEmpty();
        };
    }

    static String text(Node value) {
        if (value instanceof Scalar scalar) {
            return scalar.type() == ScalarType.NULL ? "" : scalar.text();
        }
        return Json.print(value);
    }

    static String yaml(Node value) {
        return switch (value) {
            case Scalar scalar -> scalar.type() == ScalarType.STRING ? Json.print(scalar) : scalar.text();
            case Sequence(var items) when items.isEmpty() -> "[]";
            case Sequence sequence ->
                sequence.items().stream().map(item -> "- " + Json.print(item)).collect(Collectors.joining("\n"));
            case Mapping(var entries, var _) when entries.isEmpty() -> "{}";
            case Mapping mapping ->
                Document.of(mapping, List.of(), "\n")
                        .text()
                        .substring("---\n".length())
                        .stripTrailing();
        };
    }

    private static boolean same(Node one, Node other) {
        return text(one).equals(text(other));
    }

    private static int number(Node value) {
        return (int) decimal(value);
    }

    private static double decimal(Node value) {
        return value instanceof Scalar(ScalarType type, String text, var _) && type != ScalarType.NULL
                ? Double.parseDouble(text)
                : 0;
    }

    private static String kind(Node value) {
        return switch (value) {
            case Mapping _ -> "map";
            case Sequence _ -> "slice";
            case Scalar scalar ->
                switch (scalar.type()) {
                    case NULL -> "invalid";
                    case BOOLEAN -> "bool";
                    case INTEGER, FLOAT -> "float64";
                    case STRING, OTHER -> "string";
                };
        };
    }

    private static long length(Node value) {
        return switch (value) {
            case Mapping(var entries, var _) -> entries.size();
            case Sequence(var items) -> items.size();
            case Scalar scalar -> text(scalar).length();
        };
    }

    private static String joined(List<Node> values, String separator) {
        return values.stream().map(Functions::text).collect(Collectors.joining(separator));
    }

    private static String printf(List<Node> given) {
        String format = text(given.getFirst());
        for (Node value : given.subList(1, given.size())) {
            String replacement = format.matches("(?s)[^%]*%q.*") ? "\"" + text(value) + "\"" : text(value);
            format = format.replaceFirst("%[+#]?[svdqtg]", Matcher.quoteReplacement(replacement));
        }
        return format;
    }

    private static String truncated(String text, int length) {
        if (length < 0) {
            return text.substring(Math.max(0, text.length() + length));
        }
        return text.substring(0, Math.min(length, text.length()));
    }

    private static String trimSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static String trimPrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String indented(String text, int blanks) {
        String indent = " ".repeat(blanks);
        return indent + text.replace("\n", "\n" + indent);
    }

    private static Node appended(Node list, Node last) {
        var items = list instanceof Sequence(var before) ? new ArrayList<>(before) : new ArrayList<Node>();
        items.add(last);
        return new Sequence(items);
    }

    private static Node compact(Node list) {
        return list instanceof Sequence(var items)
                ? new Sequence(items.stream().filter(Functions::isTrue).toList())
                : list;
    }

    private static Node without(List<Node> given) {
        List<Node> unwanted = given.subList(1, given.size());
        return given.getFirst() instanceof Sequence(var items)
                ? new Sequence(
                        items.stream().filter(item -> !unwanted.contains(item)).toList())
                : given.getFirst();
    }

    private static Node dictionary(List<Node> given) {
        Mapping dictionary = Mapping.EMPTY;
        for (int i = 0; i + 1 < given.size(); i += 2) {
            dictionary = dictionary.with(text(given.get(i)), given.get(i + 1));
        }
        return dictionary;
    }

    private static Node item(Node holder, Node key) {
        return switch (holder) {
            case Mapping mapping -> mapping.get(text(key)).orElse(Scalar.NULL);
            case Sequence(var items) -> items.get(number(key));
            case Scalar _ -> Scalar.NULL;
        };
    }

    /// What is there first wins.
    private static Node merged(List<Node> given) {
        Mapping merged = Mapping.EMPTY;
        for (Node node : given) {
            if (node instanceof Mapping mapping) {
                for (var entry : mapping.entries().entrySet()) {
                    if (merged.get(entry.getKey()).isEmpty()) {
                        merged = merged.with(entry.getKey(), entry.getValue());
                    }
                }
            }
        }
        return merged;
    }

    private static Node parsed(String yaml) {
        return Document.split(yaml, "fromYaml").stream()
                .flatMap(document -> document.root().stream())
                .findFirst()
                .orElse(Mapping.EMPTY);
    }
}
