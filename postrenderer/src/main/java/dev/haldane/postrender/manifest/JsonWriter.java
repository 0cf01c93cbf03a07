package dev.haldane.postrender.manifest;

import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/// Writes a tree as compact JSON.
final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    private JsonWriter() {}

    static void write(Node node, StringBuilder out) {
        switch (node) {
            case Scalar scalar -> scalar(scalar, out);
            case Sequence(var items) -> {
                char before = '[';
                for (Node item : items) {
                    write(item, out.append(before));
                    before = ',';
                }
                out.append(items.isEmpty() ? "[]" : "]");
            }
            case Mapping mapping -> {
                char before = '{';
                for (var entry : mapping.entries().entrySet()) {
                    string(entry.getKey(), out.append(before));
                    write(entry.getValue(), out.append(':'));
                    before = ',';
                }
                out.append(mapping.entries().isEmpty() ? "{}" : "}");
            }
        }
    }

    private static void scalar(Scalar scalar, StringBuilder out) {
        switch (scalar.type()) {
            case NULL -> out.append("null");
            case BOOLEAN -> out.append(scalar.text().toLowerCase(Locale.ROOT));
            case INTEGER -> out.append(integer(scalar.text()));
            case FLOAT -> number(scalar.text(), out);
            case STRING, OTHER -> string(scalar.text(), out);
        }
    }

    /// YAML's integers are not all JSON's: `+1`, `010`, `0o17`, `0x1f`.
    private static String integer(String text) {
        int radix = text.startsWith("0x") ? 16 : text.startsWith("0o") ? 8 : 10;
        return new BigInteger(radix == 10 ? text : text.substring(2), radix).toString();
    }

    /// Neither are its floats (`.5`, `1.`, `+1e3`); JSON has no infinity, so that YAML's words for it stay strings.
    private static void number(String text, StringBuilder out) {
        char last = text.charAt(text.length() - 1);
        if (last < '0' || (last > '9' && last != '.')) {
            string(text, out);
        } else if (isJson(text)) {
            out.append(text);
        } else {
            out.append(new BigDecimal(text));
        }
    }

    private static boolean isJson(String text) {
        var digits = text.startsWith("-") ? text.substring(1) : text;
        boolean leadingZero = digits.length() > 1 && digits.charAt(0) == '0' && Character.isDigit(digits.charAt(1));
        int point = digits.indexOf('.');
        return Character.isDigit(digits.charAt(0))
                && !leadingZero
                && (point < 0 || (point + 1 < digits.length() && Character.isDigit(digits.charAt(point + 1))));
    }

    static void string(String text, StringBuilder out) {
        out.append('"');
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
                escaped(c, out.append(text, done, i));
                done = i + 1;
            }
        }
        out.append(text, done, text.length()).append('"');
    }

    private static void escaped(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> character(c, out);
        }
    }

    private static void character(char c, StringBuilder out) {
        if (c < ' ' || c == 0x7f || c == 0x2028 || c == 0x2029) {
            out.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt(c >> 8 & 15));
            out.append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
        } else {
            out.append(c);
        }
    }
}
