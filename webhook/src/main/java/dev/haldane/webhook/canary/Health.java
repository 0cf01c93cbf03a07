package dev.haldane.webhook.canary;

/// Whether a workload does what it should.
public sealed interface Health {

    record Ready() implements Health {}

    /// Scaled to zero: `spec.replicas` is 0.
    record Stopped() implements Health {}

    /// Not ready, but it may become so.
    ///
    /// @param why in Flagger's words: `waiting for rollout to finish: 0 of 1 updated replicas are available`
    record Pending(String why) implements Health {}

    /// Not ready, and the progress deadline has passed.
    record Stuck(String why) implements Health {}

    /// There is no such workload.
    record Missing(String why) implements Health {}

    /// What keeps it from being ready; `""` if nothing does.
    default String why() {
        return switch (this) {
            case Ready _ -> "";
            case Stopped _ -> "scaled to zero";
            case Pending(var why) -> why;
            case Stuck(var why) -> why;
            case Missing(var why) -> why;
        };
    }
}
