package dev.haldane.webhook.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.haldane.webhook.canary.Health;
import dev.haldane.webhook.cluster.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Whether a Deployment has come up, in Flagger's words.
///
/// The deadline is measured here too: to Kubernetes a template that changed at zero replicas was rolled out there and
/// then, so it never says that the pods of a canary are late.
final class Readiness {

    private static final String WAITING = "waiting for rollout to finish: ";
    private static final String LATE = "ProgressDeadlineExceeded";

    private final InstantSource clock;
    private final Map<String, Instant> waitingSince = new ConcurrentHashMap<>();

    Readiness(InstantSource clock) {
        this.clock = clock;
    }

    Health of(KubeObject deployment, Duration deadline) {
        var wait = deployment.uid() + " " + Primary.template(deployment).revision();
        if (deployment.at("spec", "replicas").asInt(1) == 0) {
            waitingSince.remove(wait);
            return new Health.Stopped();
        }
        boolean outdated = deployment.at("metadata", "generation").asLong()
                > deployment.at("status", "observedGeneration").asLong();
        if (!outdated
                && condition(deployment, "Progressing").path("reason").asText().equals(LATE)) {
            return new Health.Stuck("deployment \"" + deployment.name() + "\" exceeded its progress deadline");
        }
        var missing = outdated
                ? Optional.of("observed deployment generation less than desired generation")
                : missing(deployment);
        if (missing.isEmpty()) {
            waitingSince.remove(wait);
            return new Health.Ready();
        }
        var since = waitingSince.computeIfAbsent(wait, _ -> start(deployment));
        var why = WAITING + missing.get();
        return clock.instant().isAfter(since.plus(deadline)) ? new Health.Stuck(why) : new Health.Pending(why);
    }

    private static Optional<String> missing(KubeObject deployment) {
        int wanted = deployment.at("spec", "replicas").asInt(1);
        int all = deployment.at("status", "replicas").asInt();
        int updated = deployment.at("status", "updatedReplicas").asInt();
        int available = deployment.at("status", "availableReplicas").asInt();
        if (updated < wanted) {
            return Optional.of(updated + " out of " + wanted + " new replicas have been updated");
        }
        if (all > updated) {
            return Optional.of((all - updated) + " old replicas are pending termination");
        }
        if (available < updated) {
            return Optional.of(available + " of " + updated + " (readyThreshold 100%) updated replicas are available");
        }
        return Optional.empty();
    }

    /// When the wait began. After a restart the conditions know: the Deployment is unavailable since, and no new
    /// replica set has been made since.
    private Instant start(KubeObject deployment) {
        var available = condition(deployment, "Available");
        if (!available.path("status").asText().equals("False")) {
            return clock.instant();
        }
        var unavailable = instant(available.path("lastTransitionTime"));
        var progress = instant(condition(deployment, "Progressing").path("lastUpdateTime"));
        return unavailable
                .flatMap(since -> progress.map(moved -> moved.isAfter(since) ? moved : since))
                .orElseGet(clock::instant);
    }

    private static JsonNode condition(KubeObject deployment, String type) {
        for (var condition : deployment.at("status", "conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return MissingNode.getInstance();
    }

    private static Optional<Instant> instant(JsonNode time) {
        return time.isTextual()
                ? Optional.of(OffsetDateTime.parse(time.asText()).toInstant())
                : Optional.empty();
    }
}
