package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.engine.Interpreter;
import dev.haldane.postrender.chart.template.GoTemplate.Block;
import dev.haldane.postrender.chart.template.Piece.Action;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.rule.Release;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What turns a Canary of the chart's own on and off: the values and the namespace that the conditions around it ask
/// for.
///
/// @param paths of the values that it asks for
record OwnSwitch(List<List<String>> paths, Mapping on, Mapping off, Release release) {
    private static final Pattern NAMESPACE = Pattern.compile("\\.Release\\.Namespace\\s+\"([^\"]+)\"");
    private static final Pattern ASKED = Pattern.compile(
            "(not\\s+)?(eq\\s+)?(?:\\(\\s*)?\\$?\\.Values((?:\\.\\w+)+)(?:\\s*\\))?(?:\\s+\"([^\"]*)\")?");

    /// @param name of the release, as Jenkins X may call it
    static OwnSwitch of(Anatomy chart, Part canary, String name) {
        String namespace = Rendered.RELEASE.namespace();
        var asked = new LinkedHashMap<List<String>, Scalar>();
        Mapping on = chart.values();
        Mapping off = chart.values();
        for (String body : conditions(canary)) {
            Matcher literal = NAMESPACE.matcher(body);
            if (literal.find()) {
                namespace = literal.group(1);
            }
            Matcher value = ASKED.matcher(body);
            while (value.find()) {
                List<String> path = List.of(value.group(3).substring(1).split("\\.", -1));
                boolean compared = value.group(2) != null && value.group(4) != null;
                asked.putIfAbsent(path, compared ? Scalar.of(value.group(4)) : Scalar.of(value.group(1) == null));
            }
        }
        for (Map.Entry<List<String>, Scalar> entry : asked.entrySet()) {
            Node now = on.at(entry.getKey()).orElse(Scalar.NULL);
            boolean wanted = Interpreter.isTrue(entry.getValue());
            boolean compared = !entry.getValue().equals(Scalar.of(wanted));
            if (compared ? now.equals(Scalar.NULL) : Interpreter.isTrue(now) != wanted) {
                on = with(on, entry.getKey(), entry.getValue());
            }
            off = with(off, entry.getKey(), compared ? Scalar.of("") : Scalar.of(!wanted));
        }
        return new OwnSwitch(List.copyOf(asked.keySet()), on, off, new Release(name, namespace));
    }

    private static Mapping with(Mapping values, List<String> path, Scalar value) {
        return values.with(path, value) instanceof Mapping changed ? changed : values;
    }

    private static List<String> conditions(Part canary) {
        var conditions = new ArrayList<String>();
        for (Block block : canary.outline().guards()) {
            Stream.concat(Stream.of(block.opener()), block.branches().stream())
                    .map(Action::body)
                    .forEach(conditions::add);
        }
        return conditions;
    }
}
