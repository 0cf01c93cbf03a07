package dev.haldane.webhook.metrics;

import dev.haldane.webhook.analysis.Tally;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.MetricCheck;
import java.time.Duration;
import java.util.OptionalDouble;

/// Port: what is measured of a workload.
public interface MetricSource {

    /// The value of a check for the canary; empty if there is no series or only NaN: no data is not a value.
    ///
    /// @throws MetricsUnavailable if the provider did not answer or answered nonsense
    OptionalDouble value(CanarySpec spec, MetricCheck check) throws MetricsUnavailable;

    /// Requests to a workload (the target or its primary) over the last `window`.
    ///
    /// @throws MetricsUnavailable if the provider did not answer or answered nonsense
    Tally tally(CanarySpec spec, String workload, Duration window) throws MetricsUnavailable;

    /// Asks the provider whether it is there.
    ///
    /// @throws MetricsUnavailable if it is not
    void ping() throws MetricsUnavailable;
}
