package dev.haldane.webhook.rollout;

import static dev.haldane.webhook.rollout.Decision.ask;
import static dev.haldane.webhook.rollout.Decision.go;
import static dev.haldane.webhook.rollout.Decision.stay;
import static dev.haldane.webhook.rollout.Question.GIT;
import static dev.haldane.webhook.rollout.Question.METRICS;
import static dev.haldane.webhook.rollout.Question.PROVIDERS;
import static dev.haldane.webhook.rollout.Question.TALLY;

import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.Health.Missing;
import dev.haldane.webhook.canary.Health.Pending;
import dev.haldane.webhook.canary.Health.Ready;
import dev.haldane.webhook.canary.Health.Stopped;
import dev.haldane.webhook.canary.Health.Stuck;
import dev.haldane.webhook.canary.Phase;
import dev.haldane.webhook.canary.Phase.Failed;
import dev.haldane.webhook.canary.Phase.Finalising;
import dev.haldane.webhook.canary.Phase.Initializing;
import dev.haldane.webhook.canary.Phase.Progressing;
import dev.haldane.webhook.canary.Phase.Promoting;
import dev.haldane.webhook.canary.Phase.Resting;
import dev.haldane.webhook.rollout.Answer.Breached;
import dev.haldane.webhook.rollout.Answer.Refused;
import dev.haldane.webhook.rollout.Answer.Settled;
import dev.haldane.webhook.rollout.Answer.Unknown;

/// The rollout specification, as a function.
///
/// Read [#decide] as a table: the first line that matches wins. It reads no clock, opens no socket and changes
/// nothing. What each line does in detail stands in `Moves`, what it says in `Wording`.
public final class Rollout {

    private Rollout() {}

    public static Decision decide(CanarySpec spec, Phase phase, Observation seen) {
        var moves = new Moves(spec, seen);
        var canary = seen.canary();
        var primary = seen.primary();
        var git = seen.answer(GIT);
        var metrics = seen.answer(METRICS);
        return switch (phase) {
            case Phase p when spec.suspended() -> moves.suspended(p);
            case Phase p when canary instanceof Missing(var why) -> moves.noTarget(p, why);

            case Initializing p when !seen.due() && !primary.ready() -> stay(p, "the primary is not ready");
            case Initializing _ when !spec.skipAnalysis() && seen.unasked(PROVIDERS) -> ask(PROVIDERS);
            case Initializing p when primary.stuck() && !seen.nothingNew() -> moves.mendFirst(p);
            case Initializing p when !primary.ready() -> moves.waitForFirst(p);
            case Initializing _ -> moves.initialised();

            case Failed p when p.owesGit() && seen.unasked(GIT) -> ask(GIT);
            case Failed p when p.owesGit() && git instanceof Settled(var done) -> moves.gitSettled(p, done);
            case Failed p when p.owesGit() && git instanceof Refused(var why) -> moves.gitRefused(p, why);
            case Failed p when p.owesGit() && seen.runs(p.revision()) -> moves.gitUnknown(p);
            case Resting p when seen.runs(p.revision()) -> stay(p, "no new revision");
            case Resting p when seen.nothingNew() -> moves.remember(p);
            case Resting p when primary.pending() -> moves.waitForPrimary(p);
            case Resting p -> moves.start(p);

            case Progressing p when !seen.runs(p.revision()) && seen.nothingNew() -> moves.withdraw();
            case Progressing p when !seen.runs(p.revision()) -> moves.restart();
            case Progressing p when spec.skipAnalysis() && canary instanceof Ready -> moves.promoteUnjudged(p);
            case Progressing p when primary.runs(p.revision()) -> moves.copied(p);
            case Progressing p when canary instanceof Stuck(var why) -> moves.rollBackNotReady(p, why);
            case Progressing p when canary instanceof Stopped && p.step() < 0 -> moves.startAgain(p);
            case Progressing p when moves.cannotGoOn(p) && seen.unasked(TALLY) -> ask(TALLY);
            case Progressing p when moves.cannotGoOn(p) -> moves.rollBackUnfinished(p);
            case Progressing p when !seen.due() -> stay(p, "the interval has not passed");
            case Progressing p when p.step() < 0 && canary instanceof Pending -> moves.waitForCanary(p);
            case Progressing p when p.step() < 0 && primary.pending() -> moves.waitForPrimary(p);
            case Progressing p when p.step() < 0 -> moves.begin(p);
            case Progressing _ when seen.unasked(METRICS) -> ask(METRICS);
            case Progressing p when metrics instanceof Unknown(var why) -> moves.hold(p, why);
            case Progressing p when metrics instanceof Breached(var it) && moves.bears(p) -> moves.halt(p, it);
            case Progressing _ when metrics instanceof Breached && seen.unasked(TALLY) -> ask(TALLY);
            case Progressing p when metrics instanceof Breached(var it) -> moves.rollBack(p, it);
            case Progressing p when canary instanceof Pending -> moves.waitForCanary(p);
            case Progressing p when primary.pending() -> moves.waitForPrimary(p);
            case Progressing p when p.step() + 1 < spec.analysis().steps().size() -> moves.advance(p);
            case Progressing p -> moves.promote(p);

            case Promoting p when !primary.runs(p.revision()) && seen.runs(p.revision()) -> moves.copyAgain(p);
            case Promoting p when !primary.runs(p.revision()) -> moves.restart();
            case Promoting p when primary.stuck() -> moves.promotionFailed(p.revision());
            case Promoting p when !seen.serves(p.revision()) && primary.pending() -> moves.leaveCanary(p);
            case Promoting p when !seen.due() -> stay(p, "the interval has not passed");
            case Promoting p when primary.pending() -> moves.waitForPrimary(p);
            case Promoting p -> moves.finalise(p);

            case Finalising p when !primary.runs(p.revision()) -> go(p.backToPromoting(), "the primary lost it");
            case Finalising p when primary.stuck() -> moves.promotionFailed(p.revision());
            case Finalising p when !seen.due() -> stay(p, "the interval has not passed");
            case Finalising p when primary.pending() -> moves.waitForPrimary(p);
            case Finalising _ when seen.unasked(TALLY) -> ask(TALLY);
            case Finalising p -> moves.succeed(p);
        };
    }
}
