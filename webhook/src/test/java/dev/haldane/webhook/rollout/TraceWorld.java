package dev.haldane.webhook.rollout;

import dev.haldane.webhook.analysis.Reading;
import dev.haldane.webhook.analysis.Tally;
import dev.haldane.webhook.analysis.Verdict.Requests;
import dev.haldane.webhook.analysis.Verdict.Subject;
import dev.haldane.webhook.canary.Health;
import dev.haldane.webhook.canary.Revision;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// The world of a trace: what the last line said of it, and what our effects have made of it since.
final class TraceWorld {

    private static final String WAITING =
            "waiting for rollout to finish: 0 of 1 (readyThreshold 100%) updated replicas" + " are available";
    private static final String DEADLINE = "deployment exceeded its progress deadline";
    private static final String NOT_FOUND = "deployment jx-croc-hunter.jx-production get query error: deployments.apps"
            + " \"jx-croc-hunter\" not found";

    private Revision target = Revision.NONE;
    private Optional<Revision> primary = Optional.empty();
    private boolean stopped;

    Observation look(String script, Instant now) {
        for (var word : Pattern.compile(" ").splitAsStream(script).toList()) {
            if (word.matches("v\\d+")) {
                target = new Revision(word);
            } else if (word.startsWith("primary=v")) {
                primary = Optional.of(new Revision(word.substring("primary=".length())));
            }
        }
        if (script.contains("scaled-to-zero")) {
            stopped = true;
        }
        // What the tick makes before it decides.
        primary = Optional.of(primary.orElse(target));
        var version = "1." + target.hash().substring(1) + ".0";
        var seen = new Observation.Target(target, canary(script), new Subject("croc-hunter", version), version);
        return new Observation(
                seen,
                new Observation.Primary(primary, health(script, "primary")),
                now,
                !script.contains("early"),
                Map.of());
    }

    private Health canary(String script) {
        if (script.contains("target-gone")) {
            return new Health.Missing(NOT_FOUND);
        }
        return stopped ? new Health.Stopped() : health(script, "canary");
    }

    private static Health health(String script, String who) {
        if (script.contains(who + "-stuck")) {
            return new Health.Stuck(DEADLINE);
        }
        return script.contains(who + "-pending") ? new Health.Pending(WAITING) : new Health.Ready();
    }

    Answer answer(String script, Question question) {
        var down = new Answer.Unknown("running query failed: request failed: connection refused");
        return switch (question) {
            case PROVIDERS -> script.contains("provider-down") ? down : new Answer.Yes();
            case METRICS -> script.contains("provider-down") ? down : metrics(script);
            case TALLY -> script.contains("provider-down") ? down : tally(script);
            case GIT -> git(script);
        };
    }

    private static Answer metrics(String script) {
        if (script.contains("errors")) {
            return new Answer.Breached(new Reading(Specs.SUCCESS_RATE, OptionalDouble.of(69.1666)));
        }
        if (script.contains("slow")) {
            return new Answer.Breached(new Reading(Specs.DURATION, OptionalDouble.of(1515.7)));
        }
        return script.contains("no-data")
                ? new Answer.Breached(new Reading(Specs.SUCCESS_RATE, OptionalDouble.empty()))
                : new Answer.Yes();
    }

    private static Answer tally(String script) {
        var canary = script.contains("errors") ? new Tally(912, 37) : new Tally(1204, 3);
        return new Answer.Counted(new Requests(canary, new Tally(9000, 36)));
    }

    private static Answer git(String script) {
        if (script.contains("git-unreachable")) {
            return new Answer.Unknown("cannot clone: connection refused");
        }
        if (script.contains("git-refused")) {
            return new Answer.Refused("the branch is protected");
        }
        return new Answer.Settled(script.contains("git-reverts") ? "croc-hunter is 1.1.0 again, commit abc1234" : "");
    }

    void apply(Effect effect) {
        switch (effect) {
            case Effect.StartCanary _ -> stopped = false;
            case Effect.StopCanary _ -> stopped = true;
            case Effect.CopyToPrimary _ -> primary = Optional.of(target);
            case Effect.TakeOver _,
                    Effect.Route _,
                    Effect.Settle _,
                    Effect.Remember _,
                    Effect.Tell _,
                    Effect.TellOnce _,
                    Effect.Pronounce _ -> {}
        }
    }
}
