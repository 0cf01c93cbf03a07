package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.engine.Interpreter;
import dev.haldane.postrender.chart.template.GoTemplate.Block;
import dev.haldane.postrender.chart.template.Piece.Action;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Rendering;
import dev.haldane.postrender.rule.Source;
import dev.haldane.postrender.rules.RuleSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Proves an edit before anybody sees it: with the chart's own values, and with each of its switches turned, the
/// edited chart makes what the rules make of the original one.
final class SelfCheck {
    private static final Pattern SWITCH = Pattern.compile("(?:else )?(?:if|with) (?:not )?\\.Values((?:\\.\\w+)+)");

    private final Anatomy original;
    private final Anatomy edited;
    private final RuleSet rules;

    SelfCheck(Anatomy original, Anatomy edited, RolloutDefaults defaults) {
        this.original = original;
        this.edited = edited;
        this.rules = RuleSet.of(defaults);
    }

    /// What the rules make of a chart with these values.
    static Rendering ruled(Rendered rendered, RuleSet rules) {
        var documents = rendered.manifests().stream()
                .map(manifest -> Document.of(manifest.root(), List.of(), "\n"))
                .toList();
        var source = new Source("chart", Document.join(documents));
        return rules.rewrite(List.of(source), Door.CHART, Rendered.RELEASE).getFirst();
    }

    /// The first difference; empty if there is none.
    Optional<String> difference(Mapping values) {
        var all = new ArrayList<List<String>>();
        all.add(List.of());
        switches(original).forEach(all::add);
        return all.stream()
                .flatMap(path -> differenceWith(values, path).stream())
                .findFirst();
    }

    /// The chart's own switches in what we edit: `hpa.enabled`, `knativeDeploy`, …
    static Set<List<String>> switches(Anatomy chart) {
        var switches = new LinkedHashSet<List<String>>();
        for (String kind : List.of("Deployment", "Service", "HorizontalPodAutoscaler")) {
            for (Part part : chart.ofKind(kind)) {
                for (Block block : part.template().blocks()) {
                    Stream.concat(Stream.of(block.opener()), block.branches().stream())
                            .map(Action::body)
                            .map(SWITCH::matcher)
                            .filter(Matcher::matches)
                            .forEach(found -> switches.add(
                                    List.of(found.group(1).substring(1).split("\\."))));
                }
            }
        }
        return switches;
    }

    private Optional<String> differenceWith(Mapping values, List<String> turned) {
        Rendered before = Rendered.of(original, turned(values, turned));
        Rendered after = Rendered.of(edited, turned(values(edited, values), turned));
        if (!turned.isEmpty() && !before.unknown().isEmpty()) {
            return Optional.empty();
        }
        var wanted = new ArrayList<Mapping>();
        for (Document document : Document.split(ruled(before, rules).text(), "rules")) {
            document.manifest().map(Manifest::root).ifPresent(wanted::add);
        }
        var made =
                new ArrayList<>(after.manifests().stream().map(Manifest::root).toList());
        for (Mapping root : List.copyOf(wanted)) {
            if (made.remove(root)) {
                wanted.remove(root);
            }
        }
        String when = turned.isEmpty() ? "" : " when " + String.join(".", turned) + " is turned";
        return Stream.concat(wanted.stream(), made.stream())
                .findFirst()
                .map(Manifest::new)
                .map(manifest -> manifest.label() + " would not be what post-rendering makes of it" + when);
    }

    /// The values that were looked at, with the block that was put in.
    private static Mapping values(Anatomy edited, Mapping values) {
        Mapping block = edited.values().map(ValuesBlock.KEY);
        return block.entries().isEmpty() ? values : values.with(ValuesBlock.KEY, block);
    }

    private Mapping turned(Mapping values, List<String> path) {
        if (path.isEmpty()) {
            return values;
        }
        Node now = values.at(path).orElse(Scalar.NULL);
        Node other = Interpreter.isTrue(now) ? Scalar.NULL : turnedOn(path, now);
        return values.with(path, other) instanceof Mapping turned ? turned : values;
    }

    /// A map where the chart prints a map, such as annotations.
    private Node turnedOn(List<String> path, Node now) {
        String printed = "toYaml .Values." + String.join(".", path);
        boolean map = now instanceof Mapping
                || original.templates().values().stream()
                        .anyMatch(template -> template.source().contains(printed));
        return map ? Mapping.EMPTY.with("example.com/key", "value") : Scalar.of(true);
    }
}
