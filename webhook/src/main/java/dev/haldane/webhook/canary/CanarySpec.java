package dev.haldane.webhook.canary;

import java.time.Duration;
import java.util.Optional;

/// What the user asked for: one Canary object, read.
///
/// @param uid              the object's uid, for owner references and idempotency marks
/// @param apiVersion       as the object was read, for references to it
/// @param autoscaler       name of the HorizontalPodAutoscaler of the target, if any
/// @param progressDeadline how long a workload may take to become ready
/// @param skipAnalysis     promote without judging
/// @param suspended        leave everything as it is
public record CanarySpec(
        CanaryId id,
        String uid,
        String apiVersion,
        Target target,
        Optional<String> autoscaler,
        Apex apex,
        Analysis analysis,
        Duration progressDeadline,
        boolean skipAnalysis,
        boolean suspended) {

    public CanaryRef ref() {
        return new CanaryRef(id, uid, apiVersion);
    }
}
