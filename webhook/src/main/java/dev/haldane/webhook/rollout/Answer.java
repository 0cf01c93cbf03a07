package dev.haldane.webhook.rollout;

import dev.haldane.webhook.analysis.Reading;
import dev.haldane.webhook.analysis.Verdict.Requests;

/// What the world says to a [Question].
public sealed interface Answer {

    record Yes() implements Answer {}

    /// This check does not hold. It is the first that does not.
    record Breached(Reading reading) implements Answer {}

    record Counted(Requests requests) implements Answer {}

    /// The environment repository is right now: by our commit, or because nothing had to be done.
    ///
    /// @param commit what was done, for people; `""` if nothing
    record Settled(String commit) implements Answer {}

    /// It was refused, and asking again will not help.
    record Refused(String why) implements Answer {}

    /// Whoever should answer cannot be asked now. That says nothing about the canary.
    record Unknown(String why) implements Answer {}
}
