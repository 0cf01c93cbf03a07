package dev.haldane.webhook.workload;

import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.cluster.KubeObject;
import java.util.List;

/// The one label that tells the pods of the target from those of the primary, which has `-primary` behind its value.
record RoleLabel(String key, String value) {

    /// In this order of preference.
    static final List<String> KEYS = List.of("app", "name", "app.kubernetes.io/name");

    static RoleLabel of(KubeObject target) {
        var labels = target.at("spec", "selector", "matchLabels");
        for (var key : KEYS) {
            if (labels.path(key).isTextual()) {
                return new RoleLabel(key, labels.path(key).asText());
            }
        }
        throw new ClusterUnavailable("getSelectorLabel failed: deployment " + target.name() + "." + target.namespace()
                + " spec.selector.matchLabels must contain one of [" + String.join(" ", KEYS) + "]");
    }

    RoleLabel primary() {
        return new RoleLabel(key, value + "-primary");
    }
}
