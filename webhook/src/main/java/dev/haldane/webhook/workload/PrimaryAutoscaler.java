package dev.haldane.webhook.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.cluster.ClusterConflict;
import dev.haldane.webhook.cluster.Kind;
import dev.haldane.webhook.cluster.KubeObject;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `<autoscaler>-primary`: a copy of the target's autoscaler for the primary. The target's own rests by itself while
/// the target has no replicas.
final class PrimaryAutoscaler {

    private static final Logger LOG = LoggerFactory.getLogger(PrimaryAutoscaler.class);

    private final Cluster cluster;

    PrimaryAutoscaler(Cluster cluster) {
        this.cluster = cluster;
    }

    /// Makes it if it is missing.
    void ensure(CanarySpec spec) {
        spec.autoscaler().ifPresent(name -> {
            var copy = copy(spec, name);
            if (cluster.look(Kind.AUTOSCALER, copy.namespace(), copy.name()).isEmpty()) {
                create(copy);
            }
        });
    }

    /// Makes it as the target's is now.
    void promote(CanarySpec spec) {
        spec.autoscaler().ifPresent(name -> {
            var copy = copy(spec, name);
            var found = cluster.get(Kind.AUTOSCALER, copy.namespace(), copy.name());
            if (found.isEmpty()) {
                create(copy);
            } else if (!found.get().at("spec").equals(copy.at("spec"))) {
                cluster.replace(Kind.AUTOSCALER, found.get().with(copy.at("spec"), "spec"));
            }
        });
    }

    private void create(KubeObject autoscaler) {
        try {
            cluster.create(Kind.AUTOSCALER, autoscaler);
        } catch (ClusterConflict e) {
            LOG.debug("made by another meanwhile", e);
        }
    }

    private KubeObject copy(CanarySpec spec, String name) {
        var namespace = spec.id().namespace();
        var found = cluster.watch(Kind.AUTOSCALER)
                .look(Kind.AUTOSCALER, namespace, name)
                .orElseThrow(() -> new ClusterUnavailable("HorizontalPodAutoscaler " + name + "." + namespace
                        + " get query error: horizontalpodautoscalers.autoscaling \"" + name + "\" not found"));
        var body = (ObjectNode) found.at("spec").deepCopy();
        body.withObject("/scaleTargetRef").put("name", spec.target().primary());
        var labels = new TreeMap<>(found.texts("metadata", "labels"));
        labels.keySet().removeIf(key -> key.contains("toolkit.fluxcd.io"));
        var owner = spec.ref();
        return KubeObject.named(Kind.AUTOSCALER, namespace, name + "-primary")
                .ownedBy(owner.apiVersion(), Kind.CANARY.kind(), owner.id().name(), owner.uid())
                .with(labels, "metadata", "labels")
                .with(body, "spec");
    }
}
