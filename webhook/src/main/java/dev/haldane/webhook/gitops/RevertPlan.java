package dev.haldane.webhook.gitops;

import dev.haldane.webhook.gitops.WriteBack.Outcome;
import dev.haldane.webhook.gitops.WriteBack.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What to do at the tip of an environment repository: compare-and-set of one application's version.
///
/// | the tip has | then |
/// |---|---|
/// | the bad version | the last good one is written; the entry is removed if the bad one was the first |
/// | no entry, the good version, or any other | nothing: somebody has moved on |
sealed interface RevertPlan {

    /// After so many rollbacks of one Canary within [#HOLD_WINDOW] a person has to look, and Git is left alone.
    int HOLD_AFTER = 3;

    Duration HOLD_WINDOW = Duration.ofHours(24);

    /// @param text        of the whole file
    /// @param goodVersion `""` if the entry was removed
    record Write(String text, String goodVersion, String message) implements RevertPlan {
        String byHand() {
            return goodVersion.isEmpty()
                    ? "take the entry out of " + Requirements.PATH + " by hand"
                    : "set the version in " + Requirements.PATH + " to " + goodVersion + " by hand";
        }
    }

    record Stop(Outcome outcome) implements RevertPlan {}

    /// The history at hand ends before the answer.
    record LookFurther() implements RevertPlan {}

    /// The tip and what led to it.
    ///
    /// @param repository its address, as it may be shown
    /// @param text       of the file at the tip
    /// @param complete   whether the history goes back to the first commit
    /// @param earlier    our own commit for this very rollback, if there is one
    /// @param now        the present time
    record Look(
            String repository,
            String text,
            VersionHistory history,
            boolean complete,
            Optional<PastVersion> earlier,
            Instant now) {}

    static RevertPlan of(Request request, Look look) throws NotEditable {
        var file = Requirements.read(look.text());
        var entry = file.entry(request.app());
        var value = entry.map(Dependency::version).orElse("");
        if (!isSame(value, request.badVersion())) {
            return look.earlier()
                    .<RevertPlan>map(ours -> new Stop(new Outcome.Reverted(
                            look.repository(), ours.commit(), ours.version().orElse(""))))
                    .orElseGet(() -> movedOn(request, look, value));
        }
        if (look.earlier()
                .filter(ours -> ours.subject().equals(RollbackMessage.subject(request)))
                .isPresent()) {
            return stop("was put back by " + look.earlier().get().shortCommit() + ", and somebody has promoted "
                    + request.app() + " " + value + " again since: left alone");
        }
        var since = look.now().minus(HOLD_WINDOW);
        if (look.history().rollbacks(RollbackMark.of(request), since) >= HOLD_AFTER) {
            return refuse(HOLD_AFTER + " rollbacks of " + request.app() + " within " + HOLD_WINDOW.toHours()
                    + " h: held, " + Requirements.PATH + " still has " + value + " and a person must look");
        }
        return back(request, look, file, entry.orElseThrow());
    }

    private static RevertPlan movedOn(Request request, Look look, String value) {
        if (value.isEmpty()) {
            return stop("names no version of " + request.app() + ": nothing to put back");
        }
        boolean isGood = look.history()
                .lastGoodBefore(request.badVersion())
                .filter(value::equals)
                .isPresent();
        return stop("has " + request.app() + " " + value
                + (isGood
                        ? ", the release before " + request.badVersion() + ": nothing to put back"
                        : " and not " + request.badVersion() + ": somebody has moved on, left alone"));
    }

    private static RevertPlan back(Request request, Look look, Requirements file, Dependency entry) throws NotEditable {
        var bad = entry.version();
        var good = look.history().lastGoodBefore(bad);
        if (good.isPresent()) {
            return new Write(file.withVersion(entry, good.get()), good.get(), message(request, look, good));
        }
        if (!look.complete()) {
            return new LookFurther();
        }
        if (!look.history().wasAdded(bad)) {
            return refuse(Requirements.PATH + " has never named another release of " + request.app() + " than " + bad
                    + ", so there is none to go back to: put it right by hand");
        }
        return new Write(file.without(entry), "", message(request, look, Optional.empty()));
    }

    private static String message(Request request, Look look, Optional<String> good) {
        return RollbackMessage.of(request, good, look.history().promotion());
    }

    /// A label of Kubernetes has no `+`; charts write `_` there.
    private static boolean isSame(String value, String bad) {
        return value.equals(bad) || value.replace('+', '_').equals(bad);
    }

    private static Stop refuse(String why) {
        return new Stop(new Outcome.Refused(why, false));
    }

    private static Stop stop(String why) {
        return new Stop(new Outcome.NothingToDo(Requirements.PATH + " " + why));
    }
}
