package dev.haldane.postrender.manifest;

import dev.haldane.postrender.manifest.CommonYaml.Odd;
import dev.haldane.postrender.manifest.Node.ScalarType;

/// What plain text means in the core schema ([YAML 1.2.2, 10.3.2](https://yaml.org/spec/1.2.2/#1032-tag-resolution)).
final class PlainType {
    private static final int LONGEST_WORD = 5;

    private PlainType() {}

    /// @param text not empty
    /// @throws CommonYaml.Odd for what begins like a number and is written in a rare way
    static ScalarType of(String text) {
        char first = text.charAt(0);
        if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') {
            return number(text);
        }
        if (text.length() > LONGEST_WORD) {
            return ScalarType.STRING;
        }
        return switch (text) {
            case "true", "True", "TRUE", "false", "False", "FALSE" -> ScalarType.BOOLEAN;
            case "null" -> ScalarType.NULL;
            case "~", "Null", "NULL" -> throw new Odd();
            default -> ScalarType.STRING;
        };
    }

    private static ScalarType number(String text) {
        int from = "+-".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
        int whole = digits(text, from);
        if (whole == text.length()) {
            return whole > from ? ScalarType.INTEGER : ScalarType.STRING;
        }
        if (whole == from) {
            return odd(text, from);
        }
        char next = text.charAt(whole);
        if (next == '.') {
            int end = digits(text, whole + 1);
            return end == text.length() ? ScalarType.FLOAT : odd(text, end);
        }
        return "eExo".indexOf(next) >= 0 ? odd(text, whole) : ScalarType.STRING;
    }

    /// `--flag`, `1.0.0` and `10.5Gi` are words; `1e3`, `.5` and `0x1f` are numbers or not, who knows.
    private static ScalarType odd(String text, int from) {
        char next = text.charAt(from);
        if (next == '.' && from < 2) {
            return from + 1 < text.length() ? odd(text, from + 1) : ScalarType.STRING;
        }
        if ("-/._".indexOf(next) < 0 && !isOtherLetter(next)) {
            throw new Odd();
        }
        return ScalarType.STRING;
    }

    private static boolean isOtherLetter(char c) {
        return (c >= 'a' && c <= 'z' && "exoin".indexOf(c) < 0) || (c >= 'A' && c <= 'Z' && "EIN".indexOf(c) < 0);
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
