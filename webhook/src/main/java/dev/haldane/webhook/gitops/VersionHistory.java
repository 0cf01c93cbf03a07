package dev.haldane.webhook.gitops;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a branch said of one application, commit by commit, newest first. A promotion may be a downgrade, so what was
/// there before is read off here and never off version numbers.
record VersionHistory(List<PastVersion> commits) {

    /// One release of a chart. `latest`, ranges and an empty value say nothing that one could go back to.
    private static final Pattern ONE_RELEASE = Pattern.compile("v?\\d+(\\.\\d+)*([-+][0-9A-Za-z.+-]*)?");

    VersionHistory {
        commits = List.copyOf(commits);
    }

    /// The commit that brought the value at the tip.
    Optional<PastVersion> promotion() {
        for (int i = 0; i < commits.size(); i++) {
            boolean oldest = i + 1 == commits.size();
            if (oldest || !commits.get(i + 1).version().equals(commits.get(i).version())) {
                return Optional.of(commits.get(i));
            }
        }
        return Optional.empty();
    }

    /// The last release before `bad`. Passes over `bad` itself, over what is no release, over times when the entry was
    /// not there, and over versions that were rolled back in their turn.
    Optional<String> lastGoodBefore(String bad) {
        for (int i = 1; i < commits.size(); i++) {
            var version = commits.get(i).version().orElse("");
            boolean rolledBack = RollbackMark.isRollback(commits.get(i - 1).message())
                    && !commits.get(i - 1).has(version);
            if (rolledBack) {
                i = oldestOfRun(i);
            } else if (ONE_RELEASE.matcher(version).matches() && !version.equals(bad)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /// Whether the first release that the branch ever named is this one, and came with a commit: before it there was
    /// no entry at all.
    boolean wasAdded(String first) {
        var named =
                commits.stream().filter(commit -> commit.version().isPresent()).toList();
        return !commits.isEmpty()
                && commits.getLast().version().isEmpty()
                && named.stream().allMatch(commit -> commit.has(first));
    }

    /// Rollbacks of one Canary since then.
    long rollbacks(RollbackMark mark, Instant since) {
        return commits.stream()
                .filter(commit -> mark.isSameCanary(commit.message()))
                .filter(commit -> !commit.when().isBefore(since))
                .count();
    }

    private int oldestOfRun(int newest) {
        int i = newest;
        while (i + 1 < commits.size()
                && commits.get(i + 1).version().equals(commits.get(newest).version())) {
            i++;
        }
        return i;
    }
}
