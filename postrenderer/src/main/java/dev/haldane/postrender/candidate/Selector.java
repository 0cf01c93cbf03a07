package dev.haldane.postrender.candidate;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.rule.Marks;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Labels and what selects them.
public final class Selector {
    /// Flagger's order: the first of them in a Deployment's selector tells the primary's pods from the canary's.
    public static final List<String> KEYS = List.of("app", "name", "app.kubernetes.io/name");

    private Selector() {}

    /// The key of the label that tells primary from canary.
    public static Optional<String> key(Manifest deployment) {
        var labels = deployment.strings("spec", "selector", "matchLabels");
        return KEYS.stream().filter(labels::containsKey).findFirst();
    }

    /// The labels of the pods that a workload makes, or of the pod that it is.
    public static Map<String, String> podLabels(Manifest workload) {
        return workload.kind().equals("Pod")
                ? workload.labels()
                : workload.strings("spec", "template", "metadata", "labels");
    }

    /// Whether a Service reaches such pods. A Service that an earlier run has pointed at `<value>-primary` reaches
    /// them as before.
    public static boolean reaches(Manifest service, Map<String, String> podLabels) {
        Mapping selector = service.root().map("spec", "selector");
        if (selector.entries().isEmpty()) {
            return false;
        }
        for (var wanted : service.strings("spec", "selector").entrySet()) {
            var there = podLabels.getOrDefault(wanted.getKey(), "");
            boolean same = there.equals(wanted.getValue());
            boolean primary =
                    KEYS.contains(wanted.getKey()) && wanted.getValue().equals(there + Marks.PRIMARY);
            if (!same && !primary) {
                return false;
            }
        }
        return true;
    }
}
