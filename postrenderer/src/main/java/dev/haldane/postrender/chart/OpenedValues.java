package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.engine.Interpreter;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A chart's values with those switches turned on that its Deployments and Services wait for: a canary must be
/// right as soon as somebody turns them.
record OpenedValues(Anatomy chart) {
    private static final Pattern SWITCH = Pattern.compile("if \\.Values((?:\\.\\w+)+)");

    Mapping values() {
        Mapping values = chart.values();
        Rendered rendered = Rendered.of(chart, values);
        for (Part part : chart.parts()) {
            boolean ours = List.of("Deployment", "Service").contains(part.kind());
            if (ours && !rendered.objects().containsKey(part)) {
                values = opened(part, values);
            }
        }
        boolean found = Rendered.of(chart, values).manifests().stream()
                .map(Manifest::kind)
                .anyMatch("Deployment"::equals);
        return found ? values : chart.values();
    }

    private static Mapping opened(Part part, Mapping values) {
        Mapping opened = values;
        for (var block : part.outline().guards()) {
            Matcher found = SWITCH.matcher(block.opener().body());
            if (found.matches()) {
                List<String> path = List.of(found.group(1).substring(1).split("\\."));
                boolean on = opened.at(path).filter(Interpreter::isTrue).isPresent();
                opened = !on && opened.with(path, Scalar.of(true)) instanceof Mapping with ? with : opened;
            }
        }
        return opened;
    }
}
