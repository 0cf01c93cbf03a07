package dev.haldane.webhook.rollout;

/// Something only the outside world can answer, and that is worth asking only when the answer matters.
public enum Question {
    /// Are the metrics providers there?
    PROVIDERS,
    /// Do all metrics respect their limits?
    METRICS,
    /// How many requests did the canary and the primary answer since the run started, and how many failed?
    TALLY,
    /// Put the environment repository back to the version before the one that was rolled back.
    GIT
}
