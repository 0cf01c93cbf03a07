package dev.haldane.webhook.workload;

import dev.haldane.webhook.canary.Health;
import dev.haldane.webhook.canary.Revision;
import java.util.Optional;

/// The target and the primary at one moment.
///
/// @param revision        of the target's pod template
/// @param primaryRevision of the pod template that the primary was given, if there is a primary
/// @param target          health of the target
/// @param primary         health of the primary
/// @param app             the application's name for people: the apex Service's name
/// @param appVersion      the version for people: the first container's image tag, `""` if it has none
/// @param chartVersion    the chart's version from the labels `helm.sh/chart` or `chart`, `""` if it has none
/// @param snapshot        the target as it was read, for [Workloads#promote]
public record WorkloadView(
        Revision revision,
        Optional<Revision> primaryRevision,
        Health target,
        Health primary,
        String app,
        String appVersion,
        String chartVersion,
        Snapshot snapshot) {

    /// An adapter's own copy of the target. Nobody else looks into it.
    public interface Snapshot {}
}
