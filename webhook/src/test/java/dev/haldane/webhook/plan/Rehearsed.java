package dev.haldane.webhook.plan;

import dev.haldane.webhook.analysis.Tally;
import dev.haldane.webhook.analysis.Verdict.Requests;
import dev.haldane.webhook.analysis.Verdict.Subject;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.Health;
import dev.haldane.webhook.canary.Phase;
import dev.haldane.webhook.canary.Phase.Resting;
import dev.haldane.webhook.canary.Phase.Succeeded;
import dev.haldane.webhook.canary.Revision;
import dev.haldane.webhook.rollout.Answer;
import dev.haldane.webhook.rollout.Decision.Ask;
import dev.haldane.webhook.rollout.Decision.Go;
import dev.haldane.webhook.rollout.Effect;
import dev.haldane.webhook.rollout.Observation;
import dev.haldane.webhook.rollout.Question;
import dev.haldane.webhook.rollout.Rollout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A run of the pure table in a world where each pod is ready at once: a tick an interval, until it rests again.
final class Rehearsed {
    private static final Revision OLD = new Revision("v1");
    private static final Revision NEW = new Revision("v2");
    private static final int ENOUGH = 2_000_000;

    private final CanarySpec spec;
    private final Answer metrics;
    private final List<String> looks = new ArrayList<>();
    private Revision primary = OLD;
    private boolean stopped = true;
    private Phase phase = new Succeeded(OLD);

    private Rehearsed(CanarySpec spec, Answer metrics) {
        this.spec = spec;
        this.metrics = metrics;
    }

    /// What each look did, the first of them the one that finds the new revision: `F0 W10 … P50 A0 D0`, with the
    /// percent that the canary gets from then on. `R` rolls back, `H` halts, `U` promotes without judging.
    static List<String> looks(CanarySpec spec, Answer metrics) {
        var run = new Rehearsed(spec, metrics);
        run.tick();
        while (!(run.phase instanceof Resting)) {
            run.tick();
            if (run.looks.size() > ENOUGH) {
                throw new AssertionError("it never ends: " + run.looks.subList(0, 20));
            }
        }
        return run.looks;
    }

    private void tick() {
        var seen = new Observation(
                new Observation.Target(
                        NEW, stopped ? new Health.Stopped() : new Health.Ready(), new Subject("shop", "2"), "2"),
                new Observation.Primary(Optional.of(primary), new Health.Ready()),
                Instant.EPOCH,
                true,
                Map.of());
        var decision = Rollout.decide(spec, phase, seen);
        while (decision instanceof Ask(var question)) {
            seen = seen.with(question, answer(question));
            decision = Rollout.decide(spec, phase, seen);
        }
        var go = (Go) decision;
        looks.add(letter(go) + go.next().weight(spec.analysis()).percent());
        for (Effect effect : go.effects()) {
            switch (effect) {
                case Effect.StartCanary _ -> stopped = false;
                case Effect.StopCanary _ -> stopped = true;
                case Effect.CopyToPrimary _ -> primary = NEW;
                default -> {}
            }
        }
        phase = go.next();
    }

    private Answer answer(Question question) {
        return switch (question) {
            case METRICS -> metrics;
            case TALLY -> new Answer.Counted(new Requests(new Tally(1, 0), new Tally(1, 0)));
            case PROVIDERS, GIT -> new Answer.Yes();
        };
    }

    private String letter(Go go) {
        boolean copies = go.effects().stream().anyMatch(Effect.CopyToPrimary.class::isInstance);
        boolean starts = go.effects().stream().anyMatch(Effect.StartCanary.class::isInstance);
        return switch (go.next()) {
            case Phase.Progressing p when p.failedChecks() > 0 -> "H";
            case Phase.Progressing _ -> starts ? "F" : "W";
            case Phase.Promoting _ -> "P";
            case Phase.Finalising _ -> "A";
            case Phase.Succeeded _ -> copies ? "U" : "D";
            case Phase.Failed _ -> "R";
            case Phase.Initializing _, Phase.Initialized _, Phase.KeptOnCanary _ -> "?";
        };
    }
}
