package dev.haldane.webhook.workload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.cluster.ClusterConflict;
import dev.haldane.webhook.cluster.Kind;
import dev.haldane.webhook.cluster.KubeObject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was promoted last, so that a primary that somebody deletes comes back as it was, and not as what the target
/// has by then, which may be what was rolled back. A ControllerRevision named like the primary, which is how
/// DaemonSets remember too; it is written from the primary itself, one tick after each change.
final class PrimaryMemory {

    private static final Logger LOG = LoggerFactory.getLogger(PrimaryMemory.class);

    private final Cluster cluster;
    private final Map<String, String> written = new ConcurrentHashMap<>();

    PrimaryMemory(Cluster cluster) {
        this.cluster = cluster;
    }

    /// Remembers the primary, if it is not remembered already.
    void keep(CanarySpec spec, KubeObject primary) {
        var revision = primary.annotation(Primary.REVISION);
        if (revision.isEmpty() || revision.equals(written.get(primary.uid()))) {
            return;
        }
        var before = cluster.get(Kind.CONTROLLER_REVISION, primary.namespace(), primary.name());
        if (before.isEmpty() || !before.get().annotation(Primary.REVISION).equals(revision)) {
            // The data of a ControllerRevision cannot be changed.
            if (before.isPresent()) {
                cluster.delete(Kind.CONTROLLER_REVISION, primary.namespace(), primary.name());
            }
            create(record(spec, primary, before));
        }
        written.put(primary.uid(), revision);
    }

    private void create(KubeObject record) {
        try {
            cluster.create(Kind.CONTROLLER_REVISION, record);
        } catch (ClusterConflict e) {
            LOG.debug("made by another meanwhile", e);
        }
    }

    private static KubeObject record(CanarySpec spec, KubeObject primary, Optional<KubeObject> before) {
        var data = JsonNodeFactory.instance.objectNode();
        data.set("labels", primary.at("metadata", "labels"));
        data.set("annotations", primary.at("metadata", "annotations"));
        data.set("spec", primary.at("spec"));
        long number = before.map(old -> old.at("revision").asLong()).orElse(0L) + 1;
        var owner = spec.ref();
        return KubeObject.named(Kind.CONTROLLER_REVISION, primary.namespace(), primary.name())
                .ownedBy(owner.apiVersion(), Kind.CANARY.kind(), owner.id().name(), owner.uid())
                .with(Map.of(Primary.REVISION, primary.annotation(Primary.REVISION)), "metadata", "annotations")
                .with(JsonNodeFactory.instance.numberNode(number), "revision")
                .with(data, "data");
    }

    /// The primary as it was, to be made again.
    Optional<KubeObject> recall(CanarySpec spec) {
        var namespace = spec.id().namespace();
        var name = spec.target().primary();
        var owner = spec.ref();
        return cluster.get(Kind.CONTROLLER_REVISION, namespace, name)
                .filter(record -> record.controlledBy(spec.uid()))
                .map(record -> KubeObject.named(Kind.DEPLOYMENT, namespace, name)
                        .ownedBy(
                                owner.apiVersion(),
                                Kind.CANARY.kind(),
                                owner.id().name(),
                                owner.uid())
                        .with(record.at("data", "labels"), "metadata", "labels")
                        .with(record.texts("data", "annotations"), "metadata", "annotations")
                        .with(record.at("data", "spec"), "spec"));
    }
}
