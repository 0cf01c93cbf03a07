package dev.haldane.webhook.workload;

import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.cluster.Kind;
import dev.haldane.webhook.cluster.KubeObject;
import java.util.Optional;
import java.util.OptionalInt;

/// How many pods target and primary have: the target's `spec.replicas` is the rollout's, so the number that the user
/// asked for stands in an annotation, or in an autoscaler.
record Sizes(Cluster cluster) {

    private static final String WANTED = "haldane.dev/replicas";

    /// For a new primary, which takes over what the target serves now.
    int ofNewPrimary(CanarySpec spec, KubeObject target) {
        int running = target.at("spec", "replicas").asInt(1);
        if (spec.autoscaler().isPresent()) {
            return Math.max(running, minimum(spec));
        }
        return Math.max(1, Math.max(running, wanted(target).orElse(running)));
    }

    /// For a promoted primary; empty: as it is.
    OptionalInt ofPromoted(CanarySpec spec, KubeObject target) {
        if (spec.autoscaler().isPresent()) {
            return OptionalInt.empty();
        }
        var wanted = wanted(target);
        if (wanted.isPresent()) {
            return OptionalInt.of(Math.max(1, wanted.getAsInt()));
        }
        int running = target.at("spec", "replicas").asInt(1);
        return running > 0 ? OptionalInt.of(running) : OptionalInt.empty();
    }

    /// For a target that starts.
    int ofStarted(CanarySpec spec, KubeObject target, Optional<KubeObject> primary) {
        if (spec.autoscaler().isPresent()) {
            return minimum(spec);
        }
        int primarys =
                primary.map(found -> found.at("spec", "replicas").asInt(1)).orElse(1);
        return Math.max(1, wanted(target).orElse(primarys));
    }

    private int minimum(CanarySpec spec) {
        return spec.autoscaler()
                .flatMap(name -> cluster.watch(Kind.AUTOSCALER)
                        .look(Kind.AUTOSCALER, spec.id().namespace(), name))
                .map(autoscaler ->
                        Math.max(1, autoscaler.at("spec", "minReplicas").asInt(1)))
                .orElse(1);
    }

    private static OptionalInt wanted(KubeObject target) {
        var text = target.annotation(WANTED);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new ClusterUnavailable(
                    "deployment " + target.name() + "." + target.namespace() + " annotation " + WANTED + " is \"" + text
                            + "\", must be a whole number",
                    e);
        }
    }
}
