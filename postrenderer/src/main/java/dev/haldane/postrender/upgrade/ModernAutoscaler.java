package dev.haldane.postrender.upgrade;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import java.util.List;
import java.util.Map;

/// A HorizontalPodAutoscaler in `autoscaling/v2`. `v2beta2` had its fields already; `v2beta1` had a field of its own
/// for each kind of target.
final class ModernAutoscaler {
    /// Field of v2beta1 → type and field of `target`.
    private static final Map<String, List<String>> TARGETS = Map.of(
            "targetAverageUtilization", List.of("Utilization", "averageUtilization"),
            "targetAverageValue", List.of("AverageValue", "averageValue"),
            "averageValue", List.of("AverageValue", "averageValue"),
            "targetValue", List.of("Value", "value"));

    private ModernAutoscaler() {}

    static Manifest of(Manifest autoscaler) {
        boolean oldMetrics = autoscaler.apiVersion().equals("autoscaling/v2beta1");
        var modern = autoscaler.withApiVersion("autoscaling/v2");
        return oldMetrics ? modern.withItems(List.of("spec", "metrics"), ModernAutoscaler::metric) : modern;
    }

    private static Node metric(Node metric) {
        var changed = metric;
        for (String kind : List.of("resource", "containerResource", "pods", "object", "external")) {
            if (metric.at(kind).orElse(Mapping.EMPTY) instanceof Mapping source
                    && !source.entries().isEmpty()) {
                changed = changed.with(List.of(kind), source(source));
            }
        }
        return changed;
    }

    /// `{metricName, metricSelector, targetValue}` becomes `{metric: {name, selector}, target: {type, value}}`.
    private static Mapping source(Mapping old) {
        var target = target(old);
        if (target.entries().isEmpty()) {
            return old; // in the new form already, or without a target, which is not ours to invent
        }
        var source = Mapping.EMPTY;
        for (var entry : old.entries().entrySet()) {
            source = switch (entry.getKey()) {
                case "metricName" -> source.with("metric", source.map("metric").with("name", entry.getValue()));
                case "metricSelector", "selector" ->
                    source.with("metric", source.map("metric").with("selector", entry.getValue()));
                case "target" -> source.with("describedObject", ModernReference.of(entry.getValue()));
                default ->
                    TARGETS.containsKey(entry.getKey())
                            ? source.with("target", target)
                            : source.with(entry.getKey(), entry.getValue());
            };
        }
        return source;
    }

    /// An object's average counts before its value, as it did in v2beta1.
    private static Mapping target(Mapping old) {
        for (String field : List.of("targetAverageUtilization", "targetAverageValue", "averageValue", "targetValue")) {
            var value = old.get(field).filter(given -> !given.equals(Node.Scalar.NULL));
            if (value.isPresent()) {
                var form = TARGETS.getOrDefault(field, List.of());
                return Mapping.EMPTY.with("type", form.getFirst()).with(form.getLast(), value.get());
            }
        }
        return Mapping.EMPTY;
    }
}
