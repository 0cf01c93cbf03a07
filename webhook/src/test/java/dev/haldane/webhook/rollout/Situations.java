package dev.haldane.webhook.rollout;

import dev.haldane.webhook.analysis.Reading;
import dev.haldane.webhook.analysis.Tally;
import dev.haldane.webhook.analysis.Verdict.Requests;
import dev.haldane.webhook.analysis.Verdict.Subject;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.Health;
import dev.haldane.webhook.canary.Phase;
import dev.haldane.webhook.canary.Phase.Failed;
import dev.haldane.webhook.canary.Phase.Finalising;
import dev.haldane.webhook.canary.Phase.GitDebt;
import dev.haldane.webhook.canary.Phase.Initialized;
import dev.haldane.webhook.canary.Phase.Initializing;
import dev.haldane.webhook.canary.Phase.KeptOnCanary;
import dev.haldane.webhook.canary.Phase.Progressing;
import dev.haldane.webhook.canary.Phase.Promoting;
import dev.haldane.webhook.canary.Phase.Resting;
import dev.haldane.webhook.canary.Phase.Succeeded;
import dev.haldane.webhook.canary.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Every situation of a small world: all phases, all healths, three revisions, and all answers to all questions.
final class Situations {

    private static final Revision V1 = new Revision("v1");
    private static final Revision V2 = new Revision("v2");
    private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    private static final List<CanarySpec> SPECS =
            List.of(Specs.steps(10, 50), Specs.unjudged(Specs.steps(10, 50)), Specs.suspended(Specs.steps(10, 50)));

    private static final List<Phase> PHASES = List.of(
            new Initializing(),
            new Initialized(V1),
            new Succeeded(V1),
            new Failed(V1, "1.1.0", GitDebt.OWED),
            new Failed(V1, "1.1.0", GitDebt.SETTLED),
            new KeptOnCanary(V1),
            new Progressing(V1, Progressing.BEFORE_FIRST, 0, SINCE),
            new Progressing(V1, 0, 0, SINCE),
            new Progressing(V1, 0, 1, SINCE),
            new Progressing(V1, 1, 1, SINCE),
            new Progressing(V1, 1, 2, SINCE),
            new Promoting(V1, SINCE),
            new Finalising(V1, SINCE));

    private Situations() {}

    /// @param seen with the answers that the decision needed
    record Situation(CanarySpec spec, Phase phase, Observation seen, Decision.Go go) {
        /// The decision's effects, and the upkeep of a tick that stays in its phase.
        List<Effect> everything() {
            var all = new ArrayList<>(go.effects());
            if (go.next().equals(phase)) {
                all.addAll(Upkeep.of(spec, phase, seen));
            }
            return all;
        }
    }

    static Optional<Revision> revisionOf(Phase phase) {
        return switch (phase) {
            case Initializing _ -> Optional.empty();
            case Resting p -> Optional.of(p.revision());
            case Progressing p -> Optional.of(p.revision());
            case Promoting p -> Optional.of(p.revision());
            case Finalising p -> Optional.of(p.revision());
        };
    }

    static Revision revision(Phase phase) {
        return revisionOf(phase).orElse(Revision.NONE);
    }

    static List<Situation> all() {
        var all = new ArrayList<Situation>();
        for (var spec : SPECS) {
            for (var phase : PHASES) {
                for (var look : looks()) {
                    follow(spec, phase, look, all);
                }
            }
        }
        return all;
    }

    private static void follow(CanarySpec spec, Phase phase, Observation seen, List<Situation> all) {
        switch (Rollout.decide(spec, phase, seen)) {
            case Decision.Go go -> all.add(new Situation(spec, phase, seen, go));
            case Decision.Ask(var question) -> {
                if (!seen.unasked(question)) {
                    throw new AssertionError(question + " was asked twice: " + phase + ", " + seen);
                }
                for (var answer : answers(question)) {
                    follow(spec, phase, seen.with(question, answer), all);
                }
            }
        }
    }

    private static List<Observation> looks() {
        var all = new ArrayList<Observation>();
        for (var revision : List.of(V1, V2)) {
            for (var primary : List.of(
                    Optional.<Revision>empty(), Optional.of(V1), Optional.of(V2), Optional.of(new Revision("v0")))) {
                for (var canaryHealth : healths()) {
                    for (var primaryHealth : healths()) {
                        for (var due : List.of(true, false)) {
                            all.add(look(revision, primary, List.of(canaryHealth, primaryHealth), due));
                        }
                    }
                }
            }
        }
        return all;
    }

    private static Observation look(Revision revision, Optional<Revision> primary, List<Health> healths, boolean due) {
        var target = new Observation.Target(revision, healths.getFirst(), new Subject("croc-hunter", "1.2.0"), "1.2.0");
        return new Observation(target, new Observation.Primary(primary, healths.getLast()), NOW, due, Map.of());
    }

    private static List<Health> healths() {
        return List.of(
                new Health.Ready(),
                new Health.Stopped(),
                new Health.Pending("waiting"),
                new Health.Stuck("deadline"),
                new Health.Missing("not found"));
    }

    private static List<Answer> answers(Question question) {
        var unknown = new Answer.Unknown("connection refused");
        return switch (question) {
            case PROVIDERS -> List.of(new Answer.Yes(), unknown);
            case METRICS ->
                List.of(
                        new Answer.Yes(),
                        new Answer.Breached(new Reading(Specs.SUCCESS_RATE, OptionalDouble.of(70))),
                        new Answer.Breached(new Reading(Specs.DURATION, OptionalDouble.empty())),
                        unknown);
            case TALLY ->
                List.of(
                        new Answer.Counted(new Requests(new Tally(912, 37), new Tally(9000, 36))),
                        new Answer.Counted(new Requests(Tally.NONE, Tally.NONE)),
                        unknown);
            case GIT -> List.of(new Answer.Settled("abc"), new Answer.Settled(""), new Answer.Refused("no"), unknown);
        };
    }
}
