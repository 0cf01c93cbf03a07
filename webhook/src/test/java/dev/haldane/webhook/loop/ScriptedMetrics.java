package dev.haldane.webhook.loop;

import dev.haldane.webhook.analysis.Tally;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.MetricCheck;
import dev.haldane.webhook.metrics.MetricSource;
import dev.haldane.webhook.metrics.MetricsUnavailable;
import java.time.Duration;
import java.util.OptionalDouble;

/// A provider that answers what a test has written down.
final class ScriptedMetrics implements MetricSource {

    boolean down;
    OptionalDouble success = OptionalDouble.of(100);
    OptionalDouble p99 = OptionalDouble.of(120);
    Tally canary = new Tally(1204, 3);
    Duration lastWindow = Duration.ZERO;
    int questions;

    @Override
    public OptionalDouble value(CanarySpec spec, MetricCheck check) throws MetricsUnavailable {
        ping();
        questions++;
        return check.name().equals(MetricCheck.SUCCESS_RATE) ? success : p99;
    }

    @Override
    public Tally tally(CanarySpec spec, String workload, Duration window) throws MetricsUnavailable {
        ping();
        lastWindow = window;
        return workload.endsWith("-primary") ? new Tally(9000, 36) : canary;
    }

    @Override
    public void ping() throws MetricsUnavailable {
        if (down) {
            throw new MetricsUnavailable("running query failed: request failed: connection refused");
        }
    }
}
