package dev.haldane.webhook.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Rules by which pods of one Deployment keep away from each other: topology spread and pod anti-affinity. In the
/// primary's template they must mean the primary's pods.
record SpreadRules(RoleLabel label) {

    /// Changes the pod spec.
    void follow(JsonNode podSpec) {
        for (var constraint : podSpec.path("topologySpreadConstraints")) {
            selector(constraint.path("labelSelector"));
        }
        var apart = podSpec.path("affinity").path("podAntiAffinity");
        for (var term : apart.path("requiredDuringSchedulingIgnoredDuringExecution")) {
            selector(term.path("labelSelector"));
        }
        for (var preferred : apart.path("preferredDuringSchedulingIgnoredDuringExecution")) {
            selector(preferred.path("podAffinityTerm").path("labelSelector"));
        }
    }

    private void selector(JsonNode selector) {
        if (selector.path("matchLabels") instanceof ObjectNode labels && means(labels.path(label.key()))) {
            labels.put(label.key(), label.primary().value());
        }
        for (var expression : selector.path("matchExpressions")) {
            if (expression.path("key").asText().equals(label.key())
                    && expression.path("values") instanceof ArrayNode values
                    && means(values.path(0))) {
                values.set(0, label.primary().value());
            }
        }
    }

    private boolean means(JsonNode value) {
        return value.asText().equals(label.value());
    }
}
