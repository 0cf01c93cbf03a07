package dev.haldane.postrender.cli;

import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.plan.Nonsense;
import dev.haldane.postrender.plan.Plan;
import dev.haldane.postrender.rule.Objects;
import dev.haldane.postrender.rule.Outcome.Added;
import dev.haldane.postrender.rule.Outcome.Subject;
import dev.haldane.postrender.rule.Rendering;
import dev.haldane.postrender.rule.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The Canaries of a rendering, planned. What is wrong with any of them is said at once, by file and line.
final class PlannedCanaries {

    /// @param origin `as it stands in FILE`, `added by inject-canary`
    record Planned(Plan plan, String origin) {}

    private final List<Source> sources;
    private final List<Planned> plans = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /// @param renderings of the sources, in their order
    PlannedCanaries(List<Source> sources, List<Rendering> renderings) {
        this.sources = sources;
        for (int i = 0; i < renderings.size(); i++) {
            add(renderings.get(i), sources.get(i));
        }
        if (!problems.isEmpty()) {
            throw UserError.input(String.join("\n", problems), "");
        }
    }

    List<Planned> plans() {
        return List.copyOf(plans);
    }

    private void add(Rendering rendering, Source from) {
        Map<Subject, String> rules = new HashMap<>();
        rendering.report().outcomes().stream()
                .filter(Added.class::isInstance)
                .forEach(added -> rules.put(added.subject(), added.rule()));
        for (Manifest canary : canaries(rendering.text(), from.name())) {
            var rule = rules.get(Subject.of(canary));
            try {
                plans.add(new Planned(
                        Plan.of(canary), rule == null ? "as it stands in " + from.name() : "added by " + rule));
            } catch (Nonsense e) {
                problems.add(place(canary, e) + ": " + e.sentence());
            }
        }
    }

    private static List<Manifest> canaries(String text, String name) {
        return Document.split(text, name).stream()
                .filter(document ->
                        document.glance().filter(PlannedCanaries::isOther).isEmpty())
                .flatMap(document -> Objects.in(document).manifests().stream())
                .filter(PlannedCanaries::isCanary)
                .toList();
    }

    private static boolean isOther(String kind) {
        return !kind.equals("Canary") && !kind.endsWith("List");
    }

    private static boolean isCanary(Manifest manifest) {
        return manifest.is("flagger.app", "Canary");
    }

    /// Where the field stands in what was given, under either name that it may have there.
    private String place(Manifest canary, Nonsense problem) {
        for (Source source : sources) {
            for (Document document : Document.split(source.text(), source.name())) {
                var objects = Objects.in(document).manifests();
                for (int i = 0; i < objects.size(); i++) {
                    if (isCanary(objects.get(i)) && objects.get(i).label().equals(canary.label())) {
                        var inList = objects.size() > 1
                                || !objects.get(i).root().equals(document.root().orElseThrow());
                        var path = Stream.concat(
                                        inList ? Stream.of("items", Integer.toString(i)) : Stream.empty(),
                                        said(objects.get(i), problem).stream())
                                .toList();
                        return source.name() + ":" + document.lineOf(path);
                    }
                }
            }
        }
        return canary.label();
    }

    private static List<String> said(Manifest canary, Nonsense problem) {
        boolean old = canary.at("spec", "analysis").isEmpty();
        return problem.path().stream()
                .map(step -> old && step.equals("analysis") ? "canaryAnalysis" : step)
                .toList();
    }
}
