package dev.haldane.webhook.workload;

import dev.haldane.webhook.canary.CanarySpec;

/// Port: the target of a Canary and its primary. Every method may be repeated: doing it twice is doing it once.
///
/// Methods throw [ClusterUnavailable][dev.haldane.webhook.canary.ClusterUnavailable] when the API server cannot be
/// asked
public interface Workloads {

    /// What is there now: two reads, from caches where they are fresh.
    WorkloadView look(CanarySpec spec);

    /// Makes `<target>-primary`, its autoscaler and the `-primary` and `-canary` Services where they are missing, and
    /// points the apex Service at the primary once that is ready. Never changes what runs in an existing primary.
    void ensurePrimary(CanarySpec spec, WorkloadView seen);

    /// Points the apex Service at the primary. Only when the primary is ready.
    void ensureApex(CanarySpec spec, WorkloadView seen);

    /// Gives the target the number of replicas that it had (or its autoscaler's minimum).
    void startTarget(CanarySpec spec, WorkloadView seen);

    /// Scales the target to zero.
    void stopTarget(CanarySpec spec);

    /// Copies what was *seen* (not what may be there by now) of the target's pod template to the primary.
    void promote(CanarySpec spec, WorkloadView seen);
}
