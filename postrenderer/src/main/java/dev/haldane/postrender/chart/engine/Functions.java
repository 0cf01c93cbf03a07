package dev.haldane.postrender.chart.engine;

import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Json;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.ScalarType;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The functions of Go's templates, of Sprig and of Helm that decide about names, labels and ports. Any other one
/// gives an opaque word.
final class Functions {
    private static final String OPAQUE = "opaque-";

    private Functions() {}

    static Node call(String name, List<Node> given) {
        try {
            return known(name, given).orElseGet(() -> opaque(name, given));
        } catch (IndexOutOfBoundsException
                | IllegalArgumentException
                | ArithmeticException
                | java.util.NoSuchElementException _) {
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
                    case "trimAll" -> trimAll(text(given.get(1)), text(given.get(0)));
                    case "nospace" -> text(given.getLast()).replaceAll("\\s", "");
                    case "title" -> title(text(given.getLast()));
                    case "repeat" -> text(given.get(1)).repeat(number(given.get(0)));
                    case "cat" -> joined(given, " ");
                    case "substr" -> text(given.get(2)).substring(number(given.get(0)), number(given.get(1)));
                    case "regexReplaceAll" ->
                        text(given.get(1))
                                .replaceAll(
                                        text(given.get(0)), text(given.get(2)).replace("${", "$"));
                    case "typeOf" -> kind(given.getLast());
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
                    case "semverCompare" -> Versions.isIn(text(given.get(0)), text(given.get(1)));
                    case "any" -> given.stream().anyMatch(Functions::isTrue);
                    case "all" -> given.stream().allMatch(Functions::isTrue);
                    case "typeIs", "kindIs" -> kind(given.get(1)).equals(text(given.get(0)));
                    case "regexMatch", "mustRegexMatch" ->
                        Pattern.compile(text(given.get(0)))
                                .matcher(text(given.get(1)))
                                .find();
                    default -> null;
                });
    }

    private static Optional<Long> numbers(String name, List<Node> given) {
        return Optional.ofNullable(
                switch (name) {
                    case "int", "int64" -> (long) decimal(given.getLast());
                    case "len" -> length(given.getLast());
                    case "add" -> given.stream().mapToLong(Functions::number).sum();
                    case "add1" -> 1 + (long) number(given.getLast());
                    case "div" -> number(given.get(0)) / (long) number(given.get(1));
                    case "mod" -> number(given.get(0)) % (long) number(given.get(1));
                    case "atoi" -> Long.parseLong(text(given.getLast()).strip());
                    case "max" ->
                        given.stream().mapToLong(Functions::number).max().orElse(0);
                    case "min" ->
                        given.stream().mapToLong(Functions::number).min().orElse(0);
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
                    case "required" -> required(given);
                    case "lookup" -> Mapping.EMPTY;
                    case "fromYaml" -> parsed(text(given.getLast()));
                    default -> Lists.call(name, given).orElse(null);
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

    /// Go compares a text with a number or a truth only to say that it cannot.
    private static boolean same(Node one, Node other) {
        if (!isOpaque(one) && !isOpaque(other) && !kind(one).equals(kind(other)) && !isNil(one) && !isNil(other)) {
            throw NotUnderstood.error("incompatible types for comparison: " + kind(one) + " and " + kind(other));
        }
        return text(one).equals(text(other));
    }

    private static boolean isNil(Node node) {
        return node.equals(Scalar.NULL);
    }

    static int number(Node value) {
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

    private static Node required(List<Node> given) {
        if (isNil(given.getLast()) || text(given.getLast()).isEmpty()) {
            throw new NotUnderstood("it fails: " + text(given.getFirst()));
        }
        return given.getLast();
    }

    private static String trimAll(String text, String unwanted) {
        int from = 0;
        int to = text.length();
        while (from < to && unwanted.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && unwanted.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    private static String title(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
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

    private static Node parsed(String yaml) {
        return Document.split(yaml, "fromYaml").stream()
                .flatMap(document -> document.root().stream())
                .findFirst()
                .orElse(Mapping.EMPTY);
    }
}
