package dev.haldane.webhook.rollout;

import dev.haldane.webhook.analysis.Verdict;
import dev.haldane.webhook.canary.Weight;

/// Something to do to the world. Every effect may be repeated: a tick that fails half way is simply run again.
public sealed interface Effect {

    /// Points the apex Service at the primary and makes the routes, all requests to the primary.
    record TakeOver() implements Effect {}

    /// Gives the target its replicas.
    record StartCanary() implements Effect {}

    /// Scales the target to zero.
    record StopCanary() implements Effect {}

    record Route(Weight canary) implements Effect {}

    /// Waits until the mesh has followed the last change of the routes, so that what comes next loses no request.
    record Settle() implements Effect {}

    /// Copies the pod template that was *seen* in this tick to the primary.
    record CopyToPrimary() implements Effect {}

    /// Writes the status now, not last. What follows would hide from the next tick why it was done, and [Upkeep] does
    /// it again if it was not.
    record Remember() implements Effect {}

    record Tell(Severity severity, String text) implements Effect {}

    /// Like [Tell], but silent while the previous tick has said something about the same topic.
    record TellOnce(Topic topic, Tell message) implements Effect {}

    /// Tells the verdict and keeps it.
    record Pronounce(Verdict verdict) implements Effect {}

    /// Kubernetes' own two types of event.
    enum Severity {
        NORMAL,
        WARNING
    }

    /// States that last, and that nobody wants to hear of at every tick.
    enum Topic {
        SUSPENDED,
        TARGET_MISSING,
        PROVIDER_DOWN,
        GIT_REFUSED
    }

    static Tell normal(String text) {
        return new Tell(Severity.NORMAL, text);
    }

    static Tell warning(String text) {
        return new Tell(Severity.WARNING, text);
    }
}
