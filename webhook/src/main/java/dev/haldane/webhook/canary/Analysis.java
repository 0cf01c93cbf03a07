package dev.haldane.webhook.canary;

import java.time.Duration;
import java.util.List;

/// How a revision is judged (`spec.analysis`, or `spec.canaryAnalysis` before v1beta1).
///
/// @param interval  the time between two looks
/// @param threshold failed checks (counted over the whole run) that end it, at least 1
/// @param steps     the weights to try, in order, at least one
/// @param checks    all must pass at each look
public record Analysis(Duration interval, int threshold, List<Weight> steps, List<MetricCheck> checks) {
    public Analysis {
        steps = List.copyOf(steps);
        checks = List.copyOf(checks);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a canary needs at least one step");
        }
        if (threshold < 1) {
            throw new IllegalArgumentException("threshold must be at least 1, is " + threshold);
        }
    }
}
