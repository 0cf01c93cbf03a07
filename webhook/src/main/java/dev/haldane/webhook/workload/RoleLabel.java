package dev.haldane.webhook.workload;

import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.cluster.KubeObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The one label that tells the pods of the target from those of the primary, which has `-primary` behind its value.
///
/// @param others the rest of what the target selects by: another workload may have the same value of this label
record RoleLabel(String key, String value, Map<String, String> others) {

    RoleLabel {
        others = Map.copyOf(others);
    }

    /// In this order of preference.
    static final List<String> KEYS = List.of("app", "name", "app.kubernetes.io/name");

    static RoleLabel of(KubeObject target) {
        var labels = target.at("spec", "selector", "matchLabels");
        for (var key : KEYS) {
            if (labels.path(key).isTextual()) {
                var others = new TreeMap<>(target.texts("spec", "selector", "matchLabels"));
                others.remove(key);
                return new RoleLabel(key, labels.path(key).asText(), others);
            }
        }
        throw new ClusterUnavailable("getSelectorLabel failed: deployment " + target.name() + "." + target.namespace()
                + " spec.selector.matchLabels must contain one of [" + String.join(" ", KEYS) + "]");
    }

    RoleLabel primary() {
        return new RoleLabel(key, value + "-primary", others);
    }

    /// What selects the pods of this role and no others.
    Map<String, String> selector() {
        var selector = new TreeMap<>(others);
        selector.put(key, value);
        return selector;
    }
}
