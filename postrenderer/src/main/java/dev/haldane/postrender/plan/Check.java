package dev.haldane.postrender.plan;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;

/// One metric, the range in which it must stay, and the time that one value is computed over.
///
/// @param name  `request-success-rate` (percent), `request-duration` (milliseconds, p99), or one with a query of its
/// own
/// @param own   whether it has a query of its own, of which nobody here knows what it counts
public record Check(String name, OptionalDouble min, OptionalDouble max, Duration window, boolean own) {
    private static final String SUCCESS_RATE = "request-success-rate";
    private static final String DURATION = "request-duration";
    private static final Map<String, String> UNITS = Map.of(SUCCESS_RATE, " %", DURATION, " ms");

    static boolean isBuiltIn(String name) {
        return UNITS.containsKey(name);
    }

    /// The share of requests that may be bad before the check fails, between 0 and 1. Of a p99 it is 1 %: a request
    /// slower than the limit is a bad one. Empty where nobody knows.
    OptionalDouble budget() {
        if (own) {
            return OptionalDouble.empty();
        }
        return switch (name) {
            case SUCCESS_RATE -> min.isPresent() ? OptionalDouble.of((100 - min.getAsDouble()) / 100) : min;
            case DURATION -> max.isPresent() ? OptionalDouble.of(0.01) : max;
            default -> OptionalDouble.empty();
        };
    }

    /// `request-success-rate at least 99 % over 1 minute`.
    @Override
    public String toString() {
        var unit = own ? "" : UNITS.getOrDefault(name, "");
        var least = min.isPresent() ? " at least " + Numbers.plain(min.getAsDouble()) + unit : "";
        var most = max.isPresent() ? " at most " + Numbers.plain(max.getAsDouble()) + unit : "";
        var and = least.isEmpty() || most.isEmpty() ? "" : " and";
        return name + least + and + most + " over " + Interval.spoken(window);
    }
}
