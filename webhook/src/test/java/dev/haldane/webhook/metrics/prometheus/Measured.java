package dev.haldane.webhook.metrics.prometheus;

import dev.haldane.webhook.canary.Analysis;
import dev.haldane.webhook.canary.Apex;
import dev.haldane.webhook.canary.CanaryId;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.MetricCheck;
import dev.haldane.webhook.canary.Target;
import dev.haldane.webhook.canary.Weight;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The Canary and the checks that these tests measure with.
final class Measured {

    static final MetricCheck SUCCESS_RATE = new MetricCheck(
            MetricCheck.SUCCESS_RATE, OptionalDouble.of(99), OptionalDouble.empty(), Duration.ofMinutes(1));
    static final MetricCheck DURATION = new MetricCheck(
            MetricCheck.DURATION, OptionalDouble.empty(), OptionalDouble.of(500), Duration.ofMinutes(1));
    static final CanarySpec SPEC = new CanarySpec(
            new CanaryId("test", "podinfo"),
            "11-22",
            "flagger.app/v1beta1",
            new Target("apps/v1", "Deployment", "podinfo"),
            Optional.empty(),
            new Apex("podinfo", 80, "http", "http", List.of(), List.of(), true, List.of()),
            new Analysis(Duration.ofSeconds(10), 2, List.of(new Weight(50)), List.of(SUCCESS_RATE, DURATION)),
            Duration.ofMinutes(1),
            false,
            false);

    private Measured() {}
}
