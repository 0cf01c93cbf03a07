package dev.haldane.webhook.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.canary.Analysis;
import dev.haldane.webhook.canary.CanarySpec;
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
import dev.haldane.webhook.canary.Weight;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/// A phase with its data to and from Flagger's flat status, where `kubectl`, Argo CD and dashboards look for it. Three
/// fields are ours: `verdict`, `git` and `runStarted`. Fields that nobody here knows of stay as they are.
final class StatusCodec {

    // Flagger's hashes have neither digits below 2 nor a hyphen, and cannot be computed outside of Go.
    private static final Pattern OURS = Pattern.compile("t1-[0-9a-f]{16}");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String OWED = "Owed";
    private static final String SETTLED = "Settled";

    private StatusCodec() {}

    /// @param before the status that stands there; a missing node if there is none
    static ObjectNode write(CanarySpec spec, CanaryStatus status, JsonNode before) {
        var phase = status.phase();
        var after = before instanceof ObjectNode object ? object.deepCopy() : JSON.objectNode();
        after.put("phase", name(phase));
        after.put("canaryWeight", phase.weight(spec.analysis()).percent());
        after.put("failedChecks", failedChecks(phase, before));
        after.put("iterations", 0);
        put(after, "lastAppliedSpec", revision(phase).hash());
        put(after, "lastPromotedSpec", status.promoted().hash());
        put(after, "lastTransitionTime", status.lastTransition().toString());
        put(after, "verdict", status.verdict());
        put(after, "runStarted", since(phase).map(Instant::toString).orElse(""));
        if (phase instanceof Failed failed) {
            after.putObject("git")
                    .put("state", failed.git() == GitDebt.OWED ? OWED : SETTLED)
                    .put("version", failed.version());
        } else {
            after.remove("git");
        }
        if (!after.path("trackedConfigs").isObject()) {
            after.putObject("trackedConfigs");
        }
        after.set("conditions", PromotedCondition.write(spec, name(phase), status.lastTransition(), before));
        return after;
    }

    private static void put(ObjectNode status, String field, String text) {
        if (text.isEmpty()) {
            status.remove(field);
        } else {
            status.put(field, text);
        }
    }

    static CanaryStatus read(Analysis analysis, JsonNode status) {
        var changed = instant(status.path("lastTransitionTime")).orElse(Instant.EPOCH);
        return new CanaryStatus(
                phase(analysis, status, changed),
                known(status.path("lastPromotedSpec")),
                status.path("verdict").asText(),
                changed);
    }

    private static Phase phase(Analysis analysis, JsonNode status, Instant changed) {
        var revision = known(status.path("lastAppliedSpec"));
        var since = instant(status.path("runStarted"))
                .or(() -> PromotedCondition.runStarted(status))
                .orElse(changed);
        return switch (status.path("phase").asText()) {
            case "Initialized" -> new Initialized(revision);
            case "Succeeded" -> new Succeeded(revision);
            case "Failed" -> failed(revision, status);
            // A gate that Flagger waited at is not known here; the run goes on from the weight that it had.
            case "Progressing", "WaitingPromotion" ->
                new Progressing(
                        revision,
                        step(analysis, status),
                        status.path("failedChecks").asInt(),
                        since);
            case "Waiting" -> new Succeeded(known(status.path("lastPromotedSpec")));
            case "Promoting" -> new Promoting(revision, since);
            case "Finalising" -> new Finalising(revision, since);
            default -> new Initializing();
        };
    }

    private static Phase failed(Revision revision, JsonNode status) {
        if (status.path("canaryWeight").asInt() == Weight.ALL.percent()) {
            return new KeptOnCanary(revision);
        }
        var git = status.path("git");
        var debt = git.path("state").asText().equals(OWED) ? GitDebt.OWED : GitDebt.SETTLED;
        return new Failed(revision, git.path("version").asText(), debt);
    }

    /// The last step whose weight has been reached, also where the steps were edited in mid-run.
    private static int step(Analysis analysis, JsonNode status) {
        int weight = status.path("canaryWeight").asInt();
        int step = Progressing.BEFORE_FIRST;
        while (step + 1 < analysis.steps().size()
                && analysis.steps().get(step + 1).percent() <= weight) {
            step++;
        }
        return step;
    }

    /// Flagger's own hash says nothing to us: as if none had been seen.
    private static Revision known(JsonNode hash) {
        return OURS.matcher(hash.asText()).matches() ? new Revision(hash.asText()) : Revision.NONE;
    }

    private static Revision revision(Phase phase) {
        return switch (phase) {
            case Initializing _ -> Revision.NONE;
            case Resting resting -> resting.revision();
            case Progressing progressing -> progressing.revision();
            case Promoting promoting -> promoting.revision();
            case Finalising finalising -> finalising.revision();
        };
    }

    private static Optional<Instant> since(Phase phase) {
        return switch (phase) {
            case Progressing progressing -> Optional.of(progressing.since());
            case Promoting promoting -> Optional.of(promoting.since());
            case Finalising finalising -> Optional.of(finalising.since());
            case Initializing _, Resting _ -> Optional.empty();
        };
    }

    /// Flagger keeps the count of a run that got through, for people to see.
    private static int failedChecks(Phase phase, JsonNode before) {
        return switch (phase) {
            case Progressing progressing -> progressing.failedChecks();
            case Promoting _, Finalising _, Succeeded _ ->
                before.path("failedChecks").asInt();
            case Initializing _, Initialized _, Failed _, KeptOnCanary _ -> 0;
        };
    }

    private static String name(Phase phase) {
        return switch (phase) {
            case Initializing _ -> "Initializing";
            case Initialized _ -> "Initialized";
            case Succeeded _ -> "Succeeded";
            case Failed _, KeptOnCanary _ -> "Failed";
            case Progressing _ -> "Progressing";
            case Promoting _ -> "Promoting";
            case Finalising _ -> "Finalising";
        };
    }

    static Optional<Instant> instant(JsonNode text) {
        try {
            return text.isTextual()
                    ? Optional.of(OffsetDateTime.parse(text.asText()).toInstant())
                    : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
