package dev.haldane.postrender.plan;

import java.math.BigDecimal;

/// Numbers as people write them.
final class Numbers {
    private static final int GROUP = 3;

    private Numbers() {}

    /// `99.5`, `500`: no zeros behind, no exponent.
    static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /// `1,000`.
    static String grouped(long number) {
        var digits = new StringBuilder(Long.toString(number));
        for (int at = digits.length() - GROUP; at > 0; at -= GROUP) {
            digits.insert(at, ',');
        }
        return digits.toString();
    }
}
