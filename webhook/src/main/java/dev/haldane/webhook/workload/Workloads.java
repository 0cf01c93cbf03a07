package dev.haldane.webhook.workload;

import dev.haldane.webhook.canary.CanarySpec;

/// Port: the target of a Canary and its primary. Every method may be repeated: doing it twice is doing it once.
///
/// Methods throw [ClusterUnavailable][dev.haldane.webhook.canary.ClusterUnavailable] when the API server cannot be
/// asked
public interface Workloads {

    /// What is there now: two reads, from caches where they are fresh (what this process has written is seen at
    /// once). A missing target is [Health.Missing][dev.haldane.webhook.canary.Health.Missing] with revision
    /// [NONE][dev.haldane.webhook.canary.Revision#NONE], one at zero replicas is `Stopped`.
    WorkloadView look(CanarySpec spec);

    /// Makes `<target>-primary`, its autoscaler and the `-primary` and `-canary` Services where they are missing.
    /// Never changes what runs in an existing primary, and leaves the apex Service alone: [#ensureApex]. Does
    /// nothing if the target is missing.
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
