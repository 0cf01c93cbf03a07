package dev.haldane.webhook.rollout;

import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.Weight;
import dev.haldane.webhook.rollout.Effect.Tell;

/// What we say. Where Flagger says something too, it is Flagger's text word for word, so that watches and alerts of
/// its users go on to work.
final class Wording {

    private Wording() {}

    private static String canary(CanarySpec spec) {
        return spec.id().toString();
    }

    private static String target(CanarySpec spec) {
        return spec.target().name() + "." + spec.id().namespace();
    }

    private static String primary(CanarySpec spec) {
        return spec.target().primary() + "." + spec.id().namespace();
    }

    static Tell suspended() {
        return Effect.normal("skipping canary run as object is suspended");
    }

    static Tell providersAvailable() {
        return Effect.normal("all the metrics providers are available!");
    }

    static Tell providersMissing(String why) {
        return Effect.warning("Error checking metric providers: " + why);
    }

    static Tell primaryNotReady(CanarySpec spec, String why) {
        return Effect.warning(primary(spec) + " not ready: " + why);
    }

    static Tell canaryNotReady(CanarySpec spec, String why) {
        return Effect.warning("canary deployment " + target(spec) + " not ready: " + why);
    }

    static Tell initialised(CanarySpec spec) {
        return Effect.normal("Initialization done! " + canary(spec));
    }

    static Tell scalingUp(CanarySpec spec) {
        return Effect.normal("New revision detected! Scaling up " + target(spec));
    }

    static Tell restarting(CanarySpec spec) {
        return Effect.normal("New revision detected! Restarting analysis for " + target(spec));
    }

    static Tell withdrawn(CanarySpec spec) {
        return Effect.normal("Promoted revision is back! Stopping analysis for " + target(spec));
    }

    static Tell startingAnalysis(CanarySpec spec) {
        return Effect.normal("Starting canary analysis for " + target(spec));
    }

    static Tell advance(CanarySpec spec, Weight weight) {
        return Effect.normal("Advance " + canary(spec) + " canary weight " + weight.percent());
    }

    static Tell metricsUnavailable(String why) {
        return Effect.warning("Prometheus query failed: " + why);
    }

    static Tell thresholdReached(CanarySpec spec, int failedChecks) {
        return Effect.warning("Rolling back " + canary(spec) + " failed checks threshold reached " + failedChecks);
    }

    static Tell canaryFailed(CanarySpec spec) {
        return Effect.warning("Canary failed! Scaling down " + canary(spec));
    }

    static Tell copying(CanarySpec spec) {
        return Effect.normal("Copying " + target(spec) + " template spec to " + primary(spec));
    }

    static Tell routingToPrimary() {
        return Effect.normal("Routing all traffic to primary");
    }

    static Tell promoted(CanarySpec spec) {
        return Effect.normal("Promotion completed! Scaling down " + target(spec));
    }

    static Tell promotedUnjudged(CanarySpec spec) {
        return Effect.normal("Promotion completed! Canary analysis was skipped for " + target(spec));
    }

    static Tell promotionFailed(CanarySpec spec, String why) {
        return Effect.warning("Promotion of " + target(spec) + " failed, primary not ready: " + why);
    }

    static Tell gitReverted(CanarySpec spec, String commit) {
        return Effect.normal("Git reverted for " + canary(spec) + ": " + commit);
    }

    static Tell gitNotReverted(CanarySpec spec, String why) {
        return Effect.warning("Git not reverted for " + canary(spec) + ": " + why);
    }
}
