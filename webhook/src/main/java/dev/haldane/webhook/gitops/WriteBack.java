package dev.haldane.webhook.gitops;

import dev.haldane.webhook.canary.CanaryId;
import dev.haldane.webhook.canary.Revision;

/// Port: puts the environment repository back to the version before the one that was rolled back, by compare-and-set.
/// May be repeated: a commit that is already there is found and not made again.
public interface WriteBack {

    Outcome revert(Request request);

    /// @param app        the application's name in the environment repository
    /// @param badVersion the chart version that was rolled back
    /// @param verdict    the sentence that stands in the commit message
    record Request(CanaryId canary, String uid, Revision revision, String app, String badVersion, String verdict) {}

    /// How it ended.
    sealed interface Outcome {

        /// The repository holds the good version again.
        ///
        /// @param goodVersion `""` if the entry was removed, because the bad version was the first
        record Reverted(String repository, String commit, String goodVersion) implements Outcome {}

        /// The repository does not hold the bad version (any more): nothing to do.
        record NothingToDo(String why) implements Outcome {}

        /// No repository is configured for this Canary.
        record NotConfigured() implements Outcome {}

        /// It did not work, and trying again may help (`retry`) or not.
        record Refused(String why, boolean retry) implements Outcome {}
    }
}
