package dev.haldane.webhook.analysis;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/// Numbers as people and Flagger write them. Flagger prints as Go does: `99`, `0.5`, `1.515s`.
final class Numbers {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Numbers() {}

    /// A share of 0 to 1 in per cent, rounded to one decimal; what is not nothing is never written as nothing.
    static String percent(double share) {
        var rounded = BigDecimal.valueOf(share).multiply(HUNDRED).setScale(1, RoundingMode.HALF_UP);
        return share > 0 && rounded.signum() == 0 ? "<0.1 %" : plain(rounded) + " %";
    }

    /// What a least success rate in per cent leaves for failures: 99.5 leaves `0.5 %`.
    static String remainder(double percent) {
        return plain(HUNDRED.subtract(BigDecimal.valueOf(percent))) + " %";
    }

    /// As Go's `%v` prints a float of ordinary size.
    static String plain(double value) {
        return Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : plain(BigDecimal.valueOf(value));
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /// As Go's `%.2f`.
    static String twoDecimals(double value) {
        return Double.isInfinite(value) ? plain(value) : String.format(Locale.ROOT, "%.2f", value);
    }

    /// A duration of whole milliseconds as Go's `time.Duration` prints it: `500ms`, `1.515s`, `1m2.5s`, `1h0m0s`.
    static String goDuration(long milliseconds) {
        var time = Duration.ofMillis(milliseconds);
        if (time.isNegative()) {
            return "-" + goDuration(-milliseconds);
        }
        if (time.isZero()) {
            return "0s";
        }
        if (time.toSeconds() == 0) {
            return time.toMillis() + "ms";
        }
        var seconds = plain(BigDecimal.valueOf(time.toMillis() % 60_000, 3)) + "s";
        if (time.toMinutes() == 0) {
            return seconds;
        }
        var minutes = time.toMinutesPart() + "m" + seconds;
        return time.toHours() == 0 ? minutes : time.toHours() + "h" + minutes;
    }
}
