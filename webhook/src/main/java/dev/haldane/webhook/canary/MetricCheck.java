package dev.haldane.webhook.canary;

import java.time.Duration;
import java.util.OptionalDouble;

/// One metric and the range in which it must stay.
///
/// @param name  `request-success-rate` (percent) or `request-duration` (milliseconds, p99); names of 2019 are brought
///              to these when a Canary is read
/// @param min   the least value that passes
/// @param max   the greatest value that passes
/// @param window the time that one value is computed over
public record MetricCheck(String name, OptionalDouble min, OptionalDouble max, Duration window) {

    public static final String SUCCESS_RATE = "request-success-rate";
    public static final String DURATION = "request-duration";
}
