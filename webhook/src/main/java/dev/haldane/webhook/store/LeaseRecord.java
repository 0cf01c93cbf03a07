package dev.haldane.webhook.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.cluster.Kind;
import dev.haldane.webhook.cluster.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// The Lease object `haldane-leader`, and what this process has seen of it. For one thread.
final class LeaseRecord {

    static final String NAME = "haldane-leader";

    // Kubernetes' MicroTime takes exactly six digits.
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Cluster cluster;
    private final String namespace;
    private final String identity;
    private final Duration duration;
    private String seenVersion = "";
    private long seenAt;

    LeaseRecord(Cluster cluster, String namespace, String identity, Duration duration) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.identity = identity;
        this.duration = duration;
    }

    /// Takes the lease if it is free, renews it if it is ours.
    ///
    /// @return whether it is ours now
    /// @throws dev.haldane.webhook.cluster.ClusterConflict if another was faster
    boolean takeOrRenew() {
        var found = cluster.get(Kind.LEASE, namespace, NAME);
        if (found.isEmpty()) {
            cluster.create(Kind.LEASE, held(KubeObject.named(Kind.LEASE, namespace, NAME), true));
            return true;
        }
        var lease = found.get();
        boolean ours = holder(lease).equals(identity);
        if (!ours && !free(lease)) {
            return false;
        }
        cluster.replace(Kind.LEASE, held(lease, !ours));
        return true;
    }

    /// Gives it up, if it is ours.
    void release() {
        var found = cluster.get(Kind.LEASE, namespace, NAME);
        if (found.isPresent() && holder(found.get()).equals(identity)) {
            cluster.replace(Kind.LEASE, found.get().with("", "spec", "holderIdentity"));
        }
    }

    private static String holder(KubeObject lease) {
        return lease.at("spec", "holderIdentity").asText("");
    }

    private boolean free(KubeObject lease) {
        if (!lease.resourceVersion().equals(seenVersion)) {
            seenVersion = lease.resourceVersion();
            seenAt = System.nanoTime();
        }
        var lasts = Duration.ofSeconds(lease.at("spec", "leaseDurationSeconds").asLong());
        return holder(lease).isEmpty() || System.nanoTime() - seenAt > lasts.toNanos();
    }

    private KubeObject held(KubeObject lease, boolean taken) {
        var spec = JsonNodeFactory.instance.objectNode();
        var now = MICROS.format(Instant.now());
        spec.put("holderIdentity", identity);
        spec.put("leaseDurationSeconds", Math.max(1, duration.toSeconds()));
        spec.put("renewTime", now);
        spec.put("acquireTime", taken ? now : lease.at("spec", "acquireTime").asText(now));
        spec.put("leaseTransitions", lease.at("spec", "leaseTransitions").asInt() + (taken ? 1 : 0));
        return lease.with(spec, "spec");
    }
}
