package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.template.Outline;
import dev.haldane.postrender.chart.template.SourceLine;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.upgrade.ModernObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What [ModernObject] does with manifests, done to the text of a chart's templates, for the time that the switch is
/// on: an object whose API is gone from Kubernetes gets the one that is there.
///
/// @param part    of an API that is gone
/// @param enabled asks whether the switch is on
record ModernText(Part part, String enabled) {

    /// Field of `autoscaling/v2beta1` → type and field of `target`.
    private static final Map<String, List<String>> TARGETS = Map.of(
            "targetAverageUtilization", List.of("Utilization", "averageUtilization"),
            "targetAverageValue", List.of("AverageValue", "averageValue"));

    private static final List<String> ONLY_IN_V2BETA1 =
            List.of("metricName", "metricSelector", "targetValue", "averageValue");

    /// The objects of a chart that an API is named in that is gone; also those that its values switch off.
    static List<Part> old(Anatomy chart, Rendered rendered) {
        return chart.parts().stream()
                .filter(part -> Optional.ofNullable(rendered.objects().get(part))
                        .map(ModernText::isOld)
                        .orElseGet(() -> isOld(part.apiVersion(), part.kind()) || IngressText.isOld(part)))
                .toList();
    }

    private static boolean isOld(Manifest manifest) {
        return !ModernObject.of(manifest).equals(manifest);
    }

    private static boolean isOld(String apiVersion, String kind) {
        return ModernObject.isOld(apiVersion, kind);
    }

    /// @param rendered what the part is with the chart's values, if it is rendered
    /// @throws UnsupportedShape if the text does not lend itself to it
    void edit(Optional<Manifest> rendered, TemplateEditor editor) {
        String version = version();
        String kind = part.kind();
        switch (kind) {
            case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet" -> {
                renumber("apps/v1", editor);
                ModernSelector.of(part, rendered)
                        .ifPresent(
                                selector -> editor.addedWhenOn(part.find("spec").getFirst(), enabled, selector));
            }
            case "HorizontalPodAutoscaler" -> autoscaler(version, editor);
            case "Ingress" -> {
                renumber("networking.k8s.io/v1", editor);
                new IngressText(part, enabled).edit(rendered, editor);
            }
            default -> {
                String group = kind.equals("NetworkPolicy") ? "networking.k8s.io" : part.group();
                boolean none = part.find("spec", "selector").stream()
                        .anyMatch(line -> part.outline().value(line).equals("{}"));
                if (none) {
                    throw new UnsupportedShape(1, "its empty selector means something else in " + group + "/v1");
                }
                renumber(group + "/v1", editor);
            }
        }
    }

    private String version() {
        String version = part.apiVersion();
        if (version.isEmpty() && !IngressText.isOld(part)) {
            int line = part.find("apiVersion").stream()
                    .findFirst()
                    .map(SourceLine::number)
                    .orElse(1);
            throw new UnsupportedShape(line, "its apiVersion is not written in the template");
        }
        return version;
    }

    private void renumber(String version, TemplateEditor editor) {
        SourceLine line = part.find("apiVersion").getFirst();
        editor.replacedWhenOn(line, line, enabled, List.of("apiVersion: " + version));
    }

    private void autoscaler(String version, TemplateEditor editor) {
        if (ModernObject.isOld(version, part.kind())) {
            renumber("autoscaling/v2", editor);
        }
        if (version.equals("autoscaling/v2beta1")) {
            for (SourceLine line : part.outline().lines()) {
                metric(line, editor);
            }
        }
        for (SourceLine line : part.find("spec", "scaleTargetRef", "apiVersion")) {
            String kind = part.find("spec", "scaleTargetRef", "kind").stream()
                    .findFirst()
                    .map(part.outline()::value)
                    .orElse("Deployment");
            if (ModernObject.isOld(part.outline().value(line), kind)) {
                String indent = " ".repeat(line.column());
                editor.replacedWhenOn(line, line, enabled, List.of(indent + "apiVersion: apps/v1"));
            }
        }
    }

    private void metric(SourceLine line, TemplateEditor editor) {
        List<String> form = TARGETS.get(line.key());
        if (form != null && line.shape() == SourceLine.Shape.KEY) {
            String indent = " ".repeat(line.column());
            var lines = new ArrayList<String>();
            lines.add(indent + "target:");
            lines.add(indent + "  type: " + form.getFirst());
            lines.add(indent + "  " + form.getLast() + ": " + part.outline().value(line));
            editor.replacedWhenOn(line, line, enabled, lines);
        } else if (form != null || ONLY_IN_V2BETA1.contains(line.key())) {
            throw new UnsupportedShape(line.number(), "`" + line.key() + "` is written differently in autoscaling/v2");
        }
    }

    /// What a column of keys below a key begins with.
    static String indentBelow(Outline outline, SourceLine parent) {
        return outline.children(parent).stream()
                .findFirst()
                .map(child -> " ".repeat(child.column()))
                .orElse(" ".repeat(parent.column() + 2));
    }
}
