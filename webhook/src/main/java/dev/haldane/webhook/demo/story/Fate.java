package dev.haldane.webhook.demo.story;

import java.math.BigDecimal;
import java.util.Optional;

/// How bad the last version is.
///
/// @param failRate share of its requests that it answers with 500, 0 to 1
public record Fate(double failRate) {

    /// From here on chance cannot save it: five checks fail before five hold.
    private static final double SURELY_BAD = 0.05;

    public Fate {
        if (!(failRate >= 0 && failRate <= 1)) {
            throw new IllegalArgumentException("a share is between 0 and 1: " + failRate);
        }
    }

    /// Whether it must be rolled back; empty where it is so near the limit of 1 % that chance decides.
    Optional<Boolean> expectsRollback() {
        if (failRate == 0) {
            return Optional.of(false);
        }
        return failRate >= SURELY_BAD ? Optional.of(true) : Optional.empty();
    }

    String percent() {
        return BigDecimal.valueOf(failRate)
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }
}
