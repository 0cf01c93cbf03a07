package dev.haldane.webhook.rollout;

import static dev.haldane.webhook.rollout.Decision.go;
import static dev.haldane.webhook.rollout.Decision.stay;

import dev.haldane.webhook.analysis.Reading;
import dev.haldane.webhook.analysis.Verdict;
import dev.haldane.webhook.analysis.Verdict.Outcome;
import dev.haldane.webhook.analysis.Verdict.Subject;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.Health.Stopped;
import dev.haldane.webhook.canary.Phase;
import dev.haldane.webhook.canary.Phase.Failed;
import dev.haldane.webhook.canary.Phase.Finalising;
import dev.haldane.webhook.canary.Phase.GitDebt;
import dev.haldane.webhook.canary.Phase.Initialized;
import dev.haldane.webhook.canary.Phase.KeptOnCanary;
import dev.haldane.webhook.canary.Phase.Progressing;
import dev.haldane.webhook.canary.Phase.Promoting;
import dev.haldane.webhook.canary.Phase.Resting;
import dev.haldane.webhook.canary.Phase.Succeeded;
import dev.haldane.webhook.canary.Revision;
import dev.haldane.webhook.canary.Weight;
import dev.haldane.webhook.rollout.Effect.CopyToPrimary;
import dev.haldane.webhook.rollout.Effect.Pronounce;
import dev.haldane.webhook.rollout.Effect.Remember;
import dev.haldane.webhook.rollout.Effect.Route;
import dev.haldane.webhook.rollout.Effect.Settle;
import dev.haldane.webhook.rollout.Effect.StartCanary;
import dev.haldane.webhook.rollout.Effect.StopCanary;
import dev.haldane.webhook.rollout.Effect.TakeOver;
import dev.haldane.webhook.rollout.Effect.Tell;
import dev.haldane.webhook.rollout.Effect.TellOnce;
import dev.haldane.webhook.rollout.Effect.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the lines of [Rollout]'s table do: the next phase and the effects in their order.
///
/// Two orders matter. Requests leave the canary before it is stopped, with a pause for the mesh to follow. And an
/// effect that would hide its cause from the next tick comes after what is said of it (copying) or remembered of it
/// (stopping), so that a crash repeats an event rather than losing one.
record Moves(CanarySpec spec, Observation seen) {

    private Revision revision() {
        return seen.target().revision();
    }

    /// While a promotion goes on, the target may have got another version, and that one was not judged.
    private Subject subject(Revision judged) {
        var subject = seen.target().subject();
        return seen.runs(judged) ? subject : new Subject(subject.app(), "");
    }

    private static Decision keepQuiet(Phase p, Topic topic, Tell message) {
        return stay(p, message.text(), new TellOnce(topic, message));
    }

    Decision suspended(Phase p) {
        return keepQuiet(p, Topic.SUSPENDED, Wording.suspended());
    }

    Decision noTarget(Phase p, String why) {
        return keepQuiet(p, Topic.TARGET_MISSING, Effect.warning(why));
    }

    private Decision notReady(Phase p, Tell message) {
        return seen.due() ? stay(p, message.text(), message) : stay(p, message.text());
    }

    Decision waitForPrimary(Phase p) {
        return notReady(p, Wording.primaryNotReady(spec, seen.primary().health().why()));
    }

    Decision waitForCanary(Phase p) {
        return notReady(p, Wording.canaryNotReady(spec, seen.canary().why()));
    }

    Decision waitForFirst(Phase p) {
        var message = Wording.primaryNotReady(spec, seen.primary().health().why());
        return spec.skipAnalysis() ? stay(p, message.text(), message) : stay(p, message.text(), providers(), message);
    }

    private Tell providers() {
        return seen.answer(Question.PROVIDERS) instanceof Answer.Unknown(var why)
                ? Wording.providersMissing(why)
                : Wording.providersAvailable();
    }

    /// The first primary serves nobody yet, so a mended target may replace what is stuck there.
    Decision mendFirst(Phase p) {
        return stay(
                p,
                "the target was mended",
                Wording.primaryNotReady(spec, seen.primary().health().why()),
                new CopyToPrimary());
    }

    /// A primary that was there before (its Canary was deleted and made again) need not run what the target has: then
    /// the target's revision is a new one.
    Decision initialised() {
        var next = new Initialized(seen.primary().revision().orElse(revision()));
        var done = Wording.initialised(spec);
        return spec.skipAnalysis()
                ? go(next, done.text(), new TakeOver(), new Settle(), new StopCanary(), done)
                : go(next, done.text(), providers(), new TakeOver(), new Settle(), new StopCanary(), done);
    }

    Decision gitSettled(Failed p, String commit) {
        return commit.isEmpty()
                ? go(p.settled(), "nothing to do in Git")
                : go(p.settled(), "Git is right again", Wording.gitReverted(spec, commit));
    }

    Decision gitRefused(Failed p, String why) {
        return go(p.settled(), why, Wording.gitNotReverted(spec, why));
    }

    Decision gitUnknown(Failed p) {
        var message = Wording.gitNotReverted(spec, reason(seen.answer(Question.GIT)));
        return keepQuiet(p, Topic.GIT_REFUSED, message);
    }

    private static String reason(Answer answer) {
        return answer instanceof Answer.Unknown(var why) ? why : "no answer";
    }

    /// The primary runs what the target has: nothing to judge, but a later return of the failed revision is a new one.
    Decision remember(Resting p) {
        var next = switch (p) {
            case Initialized _ -> new Initialized(revision());
            case Succeeded _ -> new Succeeded(revision());
            case Failed f -> new Failed(revision(), f.version(), f.git());
            case KeptOnCanary _ -> new Succeeded(revision());
        };
        return go(next, "the primary runs this revision");
    }

    Decision start(Resting p) {
        var next = new Progressing(revision(), Progressing.BEFORE_FIRST, 0, seen.now());
        var found = Wording.scalingUp(spec);
        if (p instanceof Failed f && f.owesGit()) {
            var moved = Wording.gitNotReverted(spec, "a new revision came first; " + reason(seen.answer(Question.GIT)));
            return go(next, found.text(), moved, new Route(Weight.NONE), found, new StartCanary());
        }
        return go(next, found.text(), new Route(Weight.NONE), found, new StartCanary());
    }

    Decision startAgain(Progressing p) {
        return go(p, "the canary was scaled to zero before it started", new StartCanary());
    }

    Decision restart() {
        var found = Wording.restarting(spec);
        return go(
                new Progressing(revision(), Progressing.BEFORE_FIRST, 0, seen.now()),
                found.text(),
                new Route(Weight.NONE),
                found,
                new StartCanary());
    }

    Decision withdraw() {
        var message = Wording.withdrawn(spec);
        return go(
                new Succeeded(revision()),
                message.text(),
                new Route(Weight.NONE),
                new Settle(),
                message,
                new StopCanary());
    }

    Decision begin(Progressing p) {
        var weight = spec.analysis().steps().getFirst();
        var next = new Progressing(p.revision(), 0, p.failedChecks(), p.since());
        return go(
                next,
                "the canary is ready",
                Wording.startingAnalysis(spec),
                new Route(weight),
                Wording.advance(spec, weight));
    }

    Decision advance(Progressing p) {
        var next = new Progressing(p.revision(), p.step() + 1, p.failedChecks(), p.since());
        var weight = next.weight(spec.analysis());
        return go(next, "all checks hold", new Route(weight), Wording.advance(spec, weight));
    }

    Decision hold(Progressing p, String why) {
        return keepQuiet(p, Topic.PROVIDER_DOWN, Wording.metricsUnavailable(why));
    }

    /// One more failed check is bearable.
    boolean bears(Progressing p) {
        return p.failedChecks() + 1 < spec.analysis().threshold();
    }

    Decision halt(Progressing p, Reading reading) {
        var message = reading.halt(spec);
        var next = new Progressing(p.revision(), p.step(), p.failedChecks() + 1, p.since());
        return go(next, message, Effect.warning(message));
    }

    /// A run that somebody else has brought to its end: pods scaled away in the middle of it, or a threshold lowered
    /// to where the run already is.
    boolean cannotGoOn(Progressing p) {
        return seen.canary() instanceof Stopped
                || p.failedChecks() >= spec.analysis().threshold();
    }

    Decision rollBackUnfinished(Progressing p) {
        var stopped = seen.canary() instanceof Stopped;
        var why = stopped ? "the canary was scaled to zero" : p.failedChecks() + " checks failed";
        var verdict =
                Verdict.rolledBack(seen.target().subject(), spec.analysis(), Optional.empty(), seen.requests(), why);
        return stopped ? rollBack(p, verdict) : rollBack(p, verdict, Wording.thresholdReached(spec, p.failedChecks()));
    }

    Decision rollBackNotReady(Progressing p, String why) {
        var verdict = Verdict.of(Outcome.ROLLED_BACK, seen.target().subject(), "not ready: " + why);
        return rollBack(p, verdict, Wording.canaryNotReady(spec, why));
    }

    Decision rollBack(Progressing p, Reading reading) {
        var verdict =
                Verdict.rolledBack(seen.target().subject(), spec.analysis(), Optional.of(reading), seen.requests(), "");
        return rollBack(
                p, verdict, Effect.warning(reading.halt(spec)), Wording.thresholdReached(spec, p.failedChecks() + 1));
    }

    private Decision rollBack(Progressing p, Verdict verdict, Tell... reasons) {
        var effects = new ArrayList<Effect>();
        effects.add(new Route(Weight.NONE));
        effects.addAll(List.of(reasons));
        effects.add(Wording.canaryFailed(spec));
        effects.add(new Pronounce(verdict));
        effects.add(new Remember());
        effects.add(new Settle());
        effects.add(new StopCanary());
        var next = new Failed(p.revision(), seen.target().version(), GitDebt.OWED);
        return new Decision.Go(next, effects, verdict.sentence());
    }

    /// What is copied is what was seen in this tick, and that is what was analysed: the table has compared them.
    Decision promote(Progressing p) {
        var message = Wording.copying(spec);
        return go(new Promoting(p.revision(), p.since()), message.text(), message, new CopyToPrimary());
    }

    /// The primary has the revision already: we copied it, and crashed before we could remember.
    Decision copied(Progressing p) {
        return go(new Promoting(p.revision(), p.since()), "the primary was given this revision before");
    }

    Decision copyAgain(Promoting p) {
        return go(p, "the primary has lost what was copied", new CopyToPrimary());
    }

    Decision promoteUnjudged(Progressing p) {
        var done = Wording.promotedUnjudged(spec);
        var verdict = Verdict.of(Outcome.PROMOTED, seen.target().subject(), "analysis was skipped");
        return go(
                new Succeeded(p.revision()),
                done.text(),
                new Route(Weight.NONE),
                Wording.copying(spec),
                new CopyToPrimary(),
                done,
                new Pronounce(verdict),
                new Remember(),
                new Settle(),
                new StopCanary());
    }

    /// The canary is not what was analysed any more, or cannot serve: nobody should meet it while the primary follows.
    Decision leaveCanary(Promoting p) {
        return go(p, "the canary cannot serve while the primary follows", new Route(Weight.NONE));
    }

    /// The canary is ready and the primary is not: requests stay where they are answered. Without such a canary they
    /// go to what is left of the primary.
    Decision promotionFailed(Revision promoted) {
        var why = seen.primary().health().why();
        var failed = Wording.promotionFailed(spec, why);
        var verdict =
                new Pronounce(Verdict.of(Outcome.PROMOTION_FAILED, subject(promoted), "primary not ready: " + why));
        return seen.serves(promoted)
                ? go(new KeptOnCanary(promoted), failed.text(), new Route(Weight.ALL), failed, verdict)
                : go(
                        new Failed(promoted, seen.target().version(), GitDebt.SETTLED),
                        failed.text(),
                        new Route(Weight.NONE),
                        failed,
                        verdict);
    }

    Decision finalise(Promoting p) {
        var message = Wording.routingToPrimary();
        return go(new Finalising(p.revision(), p.since()), message.text(), message, new Route(Weight.NONE));
    }

    Decision succeed(Finalising p) {
        var verdict = Verdict.promoted(subject(p.revision()), spec.analysis(), seen.requests());
        return go(
                new Succeeded(p.revision()),
                verdict.sentence(),
                new Route(Weight.NONE),
                Wording.promoted(spec),
                new Pronounce(verdict),
                new StopCanary());
    }
}
