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
    private static final int LONGEST_WORD = 5;
    private static final boolean[] PLAIN = new boolean[128];
    private static final String HEX = "0123456789abcdef";

    static {
        for (char c = 0; c < PLAIN.length; c++) {
            PLAIN[c] = isLetter(c) || isDigit(c) || "._/-".indexOf(c) >= 0;
        }
    }

    private final String eol;

    YamlWriter(String eol) {
        this.eol = eol;
    }

    /// A whole document, without its marker.
    String document(Node root) {
        var out = new StringBuilder(1024);
        if (isEmpty(root) || root instanceof Scalar) {
            flow(out, root, false);
        } else {
            block(out, root, 0);
        }
        return out.append(eol).toString();
    }

    /// `key: value` for a line that is already indented by `column`; further lines bring their own indent, and there
    /// is no break at the end.
    String entry(String key, Node value, int column) {
        var out = new StringBuilder();
        entry(out, key, value, column);
        return out.toString();
    }

    private void entry(StringBuilder out, String key, Node value, int column) {
        out.append(isPlain(key) ? key : scalar(Scalar.of(key), false)).append(':');
        if (isEmpty(value) || (value instanceof Scalar s && !isText(s))) {
            flow(out.append(' '), value, false);
        } else if (value instanceof Scalar s) {
            literal(out.append(' '), s.text(), column + 2);
        } else {
            int inner = value instanceof Mapping ? column + 2 : column;
            out.append(eol).repeat(' ', inner);
            block(out, value, inner);
        }
    }

    /// `- value`, as [#entry].
    String item(Node value, int column) {
        var out = new StringBuilder();
        item(out, value, column);
        return out.toString();
    }

    private void item(StringBuilder out, Node value, int column) {
        out.append("- ");
        if (isEmpty(value) || (value instanceof Scalar s && !isText(s))) {
            flow(out, value, false);
        } else if (value instanceof Scalar s) {
            literal(out, s.text(), column + 2);
        } else {
            block(out, value, column + 2);
        }
    }

    private void block(StringBuilder out, Node node, int column) {
        boolean first = true;
        switch (node) {
            case Scalar scalar -> out.append(scalar(scalar, false));
            case Mapping(var entries, var _) -> {
                for (var entry : entries.entrySet()) {
                    if (!first) {
                        out.append(eol).repeat(' ', column);
                    }
                    first = false;
                    entry(out, entry.getKey(), entry.getValue(), column);
                }
            }
            case Sequence(var items) -> {
                for (Node item : items) {
                    if (!first) {
                        out.append(eol).repeat(' ', column);
                    }
                    first = false;
                    item(out, item, column);
                }
            }
        }
    }

    /// On one line, with braces and brackets.
    ///
    /// @param json so that a JSON document stays one
    static String flow(Node node, boolean json) {
        var out = new StringBuilder();
        flow(out, node, json);
        return out.toString();
    }

    private static void flow(StringBuilder out, Node node, boolean json) {
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
                    flow(out.append(separator), item, json);
                    separator = ", ";
                }
                out.append(']');
            }
        }
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
                if (!json && scalar.style() == Style.PLAIN && isPlain(text)) {
                    yield text;
                } else if (json || scalar.style() == Style.DOUBLE_QUOTED || !isPrintable(text)) {
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

    private void literal(StringBuilder out, String text, int column) {
        var lines = (text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1);
        out.append(text.endsWith("\n\n") ? "|+" : text.endsWith("\n") ? "|" : "|-");
        for (String line : lines) {
            out.append(eol).repeat(' ', line.isEmpty() ? 0 : column).append(line);
        }
    }

    private static boolean isPlain(String text) {
        if (text.isEmpty()) {
            return false;
        }
        if (isDigit(text.charAt(0))) {
            return isDuration(text);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128 || !PLAIN[c] || (i == 0 && !isLetter(c))) {
                return false;
            }
        }
        return text.length() > LONGEST_WORD || !WORDS.contains(text.toLowerCase(Locale.ROOT));
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
}
