package dev.haldane.webhook.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.haldane.webhook.canary.CanarySpec;
import java.time.Instant;
import java.util.Optional;

/// The one condition of a Canary, which people wait for: `kubectl wait canary/x --for=condition=promoted`.
final class PromotedCondition {

    private static final String TYPE = "Promoted";
    private static final String UNKNOWN = "Unknown";

    private PromotedCondition() {}

    /// @param before the whole status that stands there
    static ArrayNode write(CanarySpec spec, String phase, Instant now, JsonNode before) {
        var old = find(before);
        var status = status(phase);
        var conditions = JsonNodeFactory.instance.arrayNode();
        boolean sameStatus = old.path("status").asText().equals(status);
        if (sameStatus && old.path("reason").asText().equals(phase)) {
            return conditions.add(old);
        }
        var since = sameStatus ? old.path("lastTransitionTime").asText(now.toString()) : now.toString();
        conditions
                .addObject()
                .put("type", TYPE)
                .put("status", status)
                .put("reason", phase)
                .put("message", message(phase, spec.target().kind()))
                .put("lastUpdateTime", now.toString())
                .put("lastTransitionTime", since);
        return conditions;
    }

    /// When the status became unknown, which is when a run starts: for a status that Flagger has written.
    static Optional<Instant> runStarted(JsonNode status) {
        var condition = find(status);
        return condition.path("status").asText().equals(UNKNOWN)
                ? StatusCodec.instant(condition.path("lastTransitionTime"))
                : Optional.empty();
    }

    private static JsonNode find(JsonNode status) {
        for (var condition : status.path("conditions")) {
            if (condition.path("type").asText().equals(TYPE)) {
                return condition;
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }

    private static String status(String phase) {
        return switch (phase) {
            case "Initialized", "Succeeded" -> "True";
            case "Failed" -> "False";
            default -> UNKNOWN;
        };
    }

    private static String message(String phase, String kind) {
        return switch (phase) {
            case "Initialized" -> kind + " initialization completed.";
            case "Progressing" -> "New revision detected, progressing canary analysis.";
            case "Promoting" -> "Canary analysis completed, starting primary rolling update.";
            case "Finalising" -> "Canary analysis completed, routing all traffic to primary.";
            case "Succeeded" -> "Canary analysis completed successfully, promotion finished.";
            case "Failed" -> "Canary analysis failed, " + kind + " scaled to zero.";
            default -> "New " + kind + " detected, starting initialization.";
        };
    }
}
