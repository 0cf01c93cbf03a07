package dev.haldane.webhook.canary;

import java.time.Instant;

/// Where a rollout stands. Each phase carries what is true in that phase only: there is no weight to read while
/// nothing is being routed. The flat status of the API exists only in the store's codec.
public sealed interface Phase {

    /// The primary does not exist yet, or is not ready yet.
    record Initializing() implements Phase {}

    /// Nothing to do until a new revision appears.
    sealed interface Resting extends Phase {
        /// The last revision that was looked at; a rollout starts when the target has another one.
        Revision revision();
    }

    record Initialized(Revision revision) implements Resting {}

    record Succeeded(Revision revision) implements Resting {}

    record Failed(Revision revision, GitDebt git) implements Resting {}

    /// The canary receives a growing share of the requests.
    ///
    /// @param step         counts from 0; -1 is before the first
    /// @param failedChecks counted over the whole run
    /// @param since        when the run started, for the numbers of its verdict
    record Progressing(Revision revision, int step, int failedChecks, Instant since) implements Phase {
        public static final int BEFORE_FIRST = -1;
    }

    /// The primary is being replaced by what the canary runs.
    record Promoting(Revision revision, Instant since) implements Phase {}

    /// All requests are back on the primary; the canary can go.
    record Finalising(Revision revision, Instant since) implements Phase {}

    /// Whether the environment repository still holds the version that was rolled back.
    enum GitDebt {
        /// It may; the write-back has not come to an end.
        OWED,
        /// It does not, or it is nobody's business: nothing is configured, or somebody has moved on.
        SETTLED
    }
}
