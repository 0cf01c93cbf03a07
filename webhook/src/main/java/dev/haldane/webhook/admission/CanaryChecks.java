package dev.haldane.webhook.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a new Canary may not say although the loop would make something of it: it reads old objects with patience (a
/// weight of 120 counts as 100), but who writes 120 means something else.
final class CanaryChecks {

    private static final int ALL = 100;

    private static final List<Function<JsonNode, Optional<String>>> CHECKS = List.of(
            CanaryChecks::oneWayToStep,
            analysis -> percent(analysis, "stepWeight"),
            analysis -> percent(analysis, "maxWeight"),
            CanaryChecks::steps,
            CanaryChecks::threshold,
            CanaryChecks::ranges);

    private CanaryChecks() {}

    /// One sentence about the first field that is wrong.
    static Optional<String> problem(JsonNode canary) {
        var spec = canary.path("spec");
        var field = spec.hasNonNull("analysis") ? "analysis" : "canaryAnalysis";
        var analysis = spec.path(field);
        return CHECKS.stream()
                .flatMap(check -> check.apply(analysis).stream())
                .findFirst()
                .map(problem -> "spec." + field + "." + problem);
    }

    private static Optional<String> oneWayToStep(JsonNode analysis) {
        return analysis.path("stepWeight").asInt() > 0
                        && !analysis.path("stepWeights").isEmpty()
                ? Optional.of("stepWeights and stepWeight are both given, exactly one of them is allowed")
                : Optional.empty();
    }

    private static Optional<String> percent(JsonNode parent, String field) {
        return outside(parent.path(field), field, "a percentage, 0 to 100");
    }

    private static Optional<String> outside(JsonNode value, String path, String allowed) {
        return value.isNumber() && (value.asDouble() < 0 || value.asDouble() > ALL)
                ? Optional.of(path + " is " + value.asText() + ", allowed is " + allowed)
                : Optional.empty();
    }

    private static Optional<String> steps(JsonNode analysis) {
        var steps = analysis.path("stepWeights");
        for (var i = 0; i < steps.size(); i++) {
            var problem = outside(steps.get(i), "stepWeights[" + i + "]", "a percentage, 1 to 100");
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> threshold(JsonNode analysis) {
        var threshold = analysis.path("threshold");
        return threshold.isNumber() && threshold.asInt() < 1
                ? Optional.of("threshold is " + threshold.asText()
                        + ", allowed is the number of failed checks that ends a run, at least 1")
                : Optional.empty();
    }

    private static Optional<String> ranges(JsonNode analysis) {
        var metrics = analysis.path("metrics");
        for (var i = 0; i < metrics.size(); i++) {
            var range = metrics.get(i).path("thresholdRange");
            var min = range.path("min");
            var max = range.path("max");
            if (min.isNumber() && max.isNumber() && min.asDouble() > max.asDouble()) {
                return Optional.of("metrics[" + i + "].thresholdRange has min " + min.asText() + " above max "
                        + max.asText() + ", no value lies between");
            }
        }
        return Optional.empty();
    }
}
