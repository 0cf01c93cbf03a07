package dev.haldane.postrender.manifest;

import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.ScalarType;
import dev.haldane.postrender.manifest.Node.Sequence;
import dev.haldane.postrender.manifest.Node.Style;
import java.util.Locale;
import java.util.Set;

/// Writes values the way people write manifests: block style, two blanks an indent, lists not indented under their
/// key. Strings are quoted wherever a reader of YAML 1.1 *or* 1.2 could take them for something else (`on`, `12:30`,
/// `0o17`).
final class YamlWriter {
    private static final Set<String> WORDS =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "inf", "nan", "e");
    private static final String HEX = "0123456789abcdef";

    private final String eol;

    YamlWriter(String eol) {
        this.eol = eol;
    }

    /// A whole document, without its marker.
    String document(Node root) {
        return isEmpty(root) || root instanceof Scalar ? flow(root, false) + eol : block(root, 0) + eol;
    }

    /// `key: value` for a line that is already indented by `column`; further lines bring their own indent, and there
    /// is no break at the end.
    String entry(String key, Node value, int column) {
        var name = scalar(Scalar.of(key), false) + ":";
        return switch (value) {
            case Scalar s when isText(s) -> name + " " + literal(s.text(), column + 2);
            case Scalar _ -> name + " " + flow(value, false);
            case Mapping m when !m.entries().isEmpty() -> name + eol + indent(column + 2) + block(m, column + 2);
            case Sequence s when !s.items().isEmpty() -> name + eol + indent(column) + block(s, column);
            default -> name + " " + flow(value, false);
        };
    }

    /// `- value`, as [#entry].
    String item(Node value, int column) {
        return switch (value) {
            case Scalar s when isText(s) -> "- " + literal(s.text(), column + 2);
            case Mapping m when !m.entries().isEmpty() -> "- " + block(m, column + 2);
            case Sequence s when !s.items().isEmpty() -> "- " + block(s, column + 2);
            default -> "- " + flow(value, false);
        };
    }

    private String block(Node node, int column) {
        var out = new StringBuilder();
        var separator = "";
        switch (node) {
            case Scalar scalar -> out.append(scalar(scalar, false));
            case Mapping(var entries, var _) -> {
                for (var entry : entries.entrySet()) {
                    out.append(separator).append(entry(entry.getKey(), entry.getValue(), column));
                    separator = eol + indent(column);
                }
            }
            case Sequence(var items) -> {
                for (Node item : items) {
                    out.append(separator).append(item(item, column));
                    separator = eol + indent(column);
                }
            }
        }
        return out.toString();
    }

    /// On one line, with braces and brackets.
    ///
    /// @param json so that a JSON document stays one
    static String flow(Node node, boolean json) {
        var out = new StringBuilder();
        var separator = "";
        switch (node) {
            case Scalar scalar -> out.append(scalar(scalar, json));
            case Mapping(var entries, var _) -> {
                out.append('{');
                for (var entry : entries.entrySet()) {
                    out.append(separator).append(flowEntry(entry.getKey(), entry.getValue(), json));
                    separator = ", ";
                }
                out.append('}');
            }
            case Sequence(var items) -> {
                out.append('[');
                for (Node item : items) {
                    out.append(separator).append(flow(item, json));
                    separator = ", ";
                }
                out.append(']');
            }
        }
        return out.toString();
    }

    static String flowEntry(String key, Node value, boolean json) {
        return scalar(Scalar.of(key), json) + ": " + flow(value, json);
    }

    /// On one line, in the style that it asks for where that is safe.
    static String scalar(Scalar scalar, boolean json) {
        var text = scalar.text();
        return switch (scalar.type()) {
            case NULL -> "null";
            case INTEGER, FLOAT, BOOLEAN -> json ? Json.print(scalar) : text;
            case OTHER -> doubleQuoted(text);
            case STRING -> {
                if (json || scalar.style() == Style.DOUBLE_QUOTED || !isPrintable(text)) {
                    yield doubleQuoted(text);
                } else if (scalar.style() == Style.SINGLE_QUOTED) {
                    yield "'" + text.replace("'", "''") + "'";
                }
                yield isPlain(text) ? text : doubleQuoted(text);
            }
        };
    }

    private static boolean isEmpty(Node node) {
        return (node instanceof Mapping m && m.entries().isEmpty())
                || (node instanceof Sequence s && s.items().isEmpty());
    }

    /// Whether a string reads best, and survives, as `|`.
    private static boolean isText(Scalar scalar) {
        var text = scalar.text();
        return scalar.type() == ScalarType.STRING
                && text.indexOf('\n') > 0
                && text.charAt(0) != ' '
                && isPrintable(text.replace("\n", ""));
    }

    private String literal(String text, int column) {
        var chomping = text.endsWith("\n\n") ? "|+" : text.endsWith("\n") ? "|" : "|-";
        var lines = (text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1);
        var out = new StringBuilder(chomping);
        for (String line : lines) {
            out.append(eol).append(line.isEmpty() ? "" : indent(column)).append(line);
        }
        return out.toString();
    }

    private static boolean isPlain(String text) {
        if (text.isEmpty() || WORDS.contains(text.toLowerCase(Locale.ROOT))) {
            return false;
        }
        if (isDigit(text.charAt(0))) {
            return isDuration(text);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && (i == 0 || (!isDigit(c) && "._/-".indexOf(c) < 0))) {
                return false;
            }
        }
        return true;
    }

    /// `60s`, which no reader takes for a number.
    private static boolean isDuration(String text) {
        int last = text.length() - 1;
        for (int i = 0; i < last; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return "smh".indexOf(text.charAt(last)) >= 0;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (needsEscape(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean needsEscape(char c) {
        return c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c >= 0xfeff;
    }

    private static String doubleQuoted(String text) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (needsEscape(c)) {
                        out.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt(c >> 8 & 15));
                        out.append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    private static String indent(int column) {
        return " ".repeat(column);
    }
}
