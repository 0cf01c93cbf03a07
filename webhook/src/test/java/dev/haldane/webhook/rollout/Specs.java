package dev.haldane.webhook.rollout;

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

/// Canaries as the article has them, with fewer steps where a test wants to be short.
public final class Specs {

    public static final MetricCheck SUCCESS_RATE = new MetricCheck(
            MetricCheck.SUCCESS_RATE, OptionalDouble.of(99), OptionalDouble.empty(), Duration.ofMinutes(1));
    public static final MetricCheck DURATION = new MetricCheck(
            MetricCheck.DURATION, OptionalDouble.empty(), OptionalDouble.of(500), Duration.ofMinutes(1));

    private Specs() {}

    /// Threshold 2, steps as given, interval one minute.
    public static CanarySpec steps(Integer... percent) {
        var weights = List.of(percent).stream().map(Weight::new).toList();
        return of(new Analysis(Duration.ofMinutes(1), 2, weights, List.of(SUCCESS_RATE, DURATION)));
    }

    private static CanarySpec of(Analysis analysis) {
        return new CanarySpec(
                new CanaryId("jx-production", "croc-hunter"),
                "0b57e0a6",
                "flagger.app/v1beta1",
                new Target("apps/v1", "Deployment", "jx-croc-hunter"),
                Optional.empty(),
                new Apex("croc-hunter", 80, "http", "8080", List.of(), List.of(), true, List.of()),
                analysis,
                Duration.ofMinutes(1),
                false,
                false);
    }

    public static CanarySpec suspended(CanarySpec spec) {
        return with(spec, spec.skipAnalysis(), true);
    }

    public static CanarySpec unjudged(CanarySpec spec) {
        return with(spec, true, spec.suspended());
    }

    private static CanarySpec with(CanarySpec spec, boolean skipAnalysis, boolean suspended) {
        return new CanarySpec(
                spec.id(),
                spec.uid(),
                spec.apiVersion(),
                spec.target(),
                spec.autoscaler(),
                spec.apex(),
                spec.analysis(),
                spec.progressDeadline(),
                skipAnalysis,
                suspended);
    }
}
