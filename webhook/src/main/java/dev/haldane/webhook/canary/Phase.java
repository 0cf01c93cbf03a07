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

    /// Rolled back: all requests are at the primary.
    ///
    /// @param version the chart's version that was rolled back, for the write-back; `""` if it has none
    record Failed(Revision revision, String version, GitDebt git) implements Resting {
        public boolean owesGit() {
            return git == GitDebt.OWED;
        }

        public Failed settled() {
            return new Failed(revision, version, GitDebt.SETTLED);
        }
    }

    /// The promotion failed because the primary did not become ready with the new revision. The canary, which is
    /// ready, keeps all requests. In the API this is phase `Failed` with `canaryWeight: 100`.
    record KeptOnCanary(Revision revision) implements Resting {}

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
    record Finalising(Revision revision, Instant since) implements Phase {
        public Promoting backToPromoting() {
            return new Promoting(revision, since);
        }
    }

    /// The weight that is in force in this phase. A list of steps that got shorter in mid-run ends at its last.
    default Weight weight(Analysis analysis) {
        return switch (this) {
            case Initializing _, Initialized _, Succeeded _, Failed _, Finalising _ -> Weight.NONE;
            case KeptOnCanary _ -> Weight.ALL;
            case Progressing p when p.step() < 0 -> Weight.NONE;
            case Progressing p ->
                analysis.steps().get(Math.min(p.step(), analysis.steps().size() - 1));
            case Promoting _ -> analysis.steps().getLast();
        };
    }

    /// Whether the environment repository still holds the version that was rolled back.
    enum GitDebt {
        /// It may; the write-back has not come to an end.
        OWED,
        /// It does not, or it is nobody's business: nothing is configured, or somebody has moved on.
        SETTLED
    }
}
