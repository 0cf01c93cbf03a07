package dev.haldane.postrender.upgrade;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// A Deployment, StatefulSet, DaemonSet or ReplicaSet in `apps/v1`, which wants a selector. The betas made one of all
/// labels of the pods if there was none.
public final class ModernWorkload {
    private static final List<String> SELECTOR = List.of("spec", "selector");

    /// Labels that stay the same from one version of a chart to the next. A selector can never change again, so that
    /// one with the chart's version in it would make the next upgrade fail.
    private static final Set<String> LASTING = Set.of(
            "app",
            "name",
            "k8s-app",
            "app.kubernetes.io/name",
            "release",
            "app.kubernetes.io/instance",
            "component",
            "app.kubernetes.io/component",
            "tier");

    private ModernWorkload() {}

    /// Without what `apps/v1` no longer knows.
    static Manifest of(Manifest workload) {
        var modern = workload.withApiVersion("apps/v1")
                .without(List.of("spec", "rollbackTo"))
                .without(List.of("spec", "templateGeneration"));
        return hasSelector(workload) ? modern : modern.with(SELECTOR, selector(workload));
    }

    /// Whether there is a selector, or something to make one of.
    static boolean canSelect(Manifest workload) {
        return hasSelector(workload) || !podLabels(workload).isEmpty();
    }

    /// Labels directly below `selector` never were one: the betas did not look at them.
    private static boolean hasSelector(Manifest workload) {
        return !workload.root().map("spec", "selector", "matchLabels").entries().isEmpty()
                || !workload.root()
                        .items("spec", "selector", "matchExpressions")
                        .isEmpty();
    }

    private static Mapping selector(Manifest workload) {
        return Mapping.EMPTY.with("matchLabels", lastingLabels(workload));
    }

    /// Those of its pods' labels that a selector may have, because they stay the same; all if there are none.
    public static Mapping lastingLabels(Manifest workload) {
        var all = new LinkedHashMap<>(podLabels(workload));
        var lasting = new LinkedHashMap<>(all);
        lasting.keySet().retainAll(LASTING);
        return new Mapping(lasting.isEmpty() ? all : lasting);
    }

    private static SequencedMap<String, Node> podLabels(Manifest workload) {
        var labels = new LinkedHashMap<>(
                workload.root().map("spec", "template", "metadata", "labels").entries());
        labels.values().removeIf(value -> !(value instanceof Scalar) || value.equals(Scalar.NULL));
        return labels;
    }
}
