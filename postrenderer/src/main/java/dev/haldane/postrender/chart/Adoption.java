package dev.haldane.postrender.chart;

import dev.haldane.postrender.candidate.Candidate;
import dev.haldane.postrender.candidate.Qualification.Qualified;
import dev.haldane.postrender.candidate.Qualifier;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Outcome;
import dev.haldane.postrender.rule.Outcome.Changed;
import dev.haldane.postrender.rule.Outcome.Skipped;
import dev.haldane.postrender.rule.Outcome.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A chart that has a Canary of its own on its way through the chart door: the Canary stays, with the values that
/// it reads, and gets today's words; around it the chart becomes what it would be around one of ours.
final class Adoption {
    private final ChartSource source;
    private final OwnCanary own;
    private final RolloutDefaults defaults;
    private final Set<String> ruleIds;
    private final List<ChartEdit> edits = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    Adoption(ChartSource source, OwnCanary own, RolloutDefaults defaults, Set<String> ruleIds) {
        this.source = source;
        this.own = own;
        this.defaults = defaults;
        this.ruleIds = ruleIds;
    }

    List<ChartEdit> edits() {
        return edits;
    }

    List<Outcome> outcomes() {
        return outcomes;
    }

    /// @throws UnsupportedShape if it is written in a way that we do not dare to edit
    void run() {
        Optional<Candidate> candidate = candidate();
        Rendered modern = own.rendered().modern();
        var text = new OwnCanaryText(own, Workload.prefix(own.chart()));
        var workloads = new ArrayList<Workload>();
        if (candidate.isPresent()) {
            workloads.add(Workload.of("", candidate.get(), modern, own.chart(), true));
        }
        text.edit(
                candidate,
                workloads.stream().map(Workload::service).findFirst(),
                workloads.stream().map(Workload::port).findFirst(),
                defaults);
        ChartSource today = text.mended().applied(own.chart().source());
        Anatomy mended = Anatomy.of(text.needsHelper() ? withHelper(today) : today);
        OwnCanary after = OwnCanary.of(mended);
        if (!OwnCanaryText.says(after.manifest(), own.manifest())) {
            throw new UnsupportedShape(1, "its analysis is written in a way that cannot be edited safely");
        }
        around(after, candidate, text.needsHelper());
    }

    private void around(OwnCanary after, Optional<Candidate> before, boolean helper) {
        Anatomy chart = after.chart();
        Rendered modern = after.rendered().modern();
        List<Workload> workloads = before.flatMap(_ -> candidate(after, modern)).stream()
                .map(candidate -> Workload.of("", candidate, modern, chart, true))
                .toList();
        var plan = new ChartPlan(source, chart, defaults, ruleIds);
        plan.editAround(after, workloads, helper ? OwnCanaryText.metricsHelper(Workload.prefix(chart)) : List.of());
        Anatomy edited = Anatomy.of(plan.edited());
        var check =
                new SelfCheck(chart, edited, plan.left(), defaults, after.when().release(), true);
        check.difference(after.when().on()).ifPresent(difference -> {
            throw new UnsupportedShape(1, difference);
        });
        List<ChartEdit> planned = plan.edits();
        boolean ours = planned.stream().allMatch(edit -> edit.path().endsWith(CanaryTemplate.HELPERS));
        if (!ours) {
            edits.addAll(planned);
            outcomes.addAll(said(after));
            outcomes.addAll(plan.outcomes());
        }
    }

    private static ChartSource withHelper(ChartSource chart) {
        var files = new TreeMap<>(chart.files());
        String helper = String.join("\n", OwnCanaryText.metricsHelper(chart.name() + ".canary"));
        files.put(CanaryTemplate.HELPERS, helper);
        return chart.with(files);
    }

    private Optional<Candidate> candidate() {
        return candidate(own, own.rendered().modern());
    }

    private Optional<Candidate> candidate(OwnCanary canary, Rendered modern) {
        Map<Part, Manifest> others = new LinkedHashMap<>(modern.objects());
        others.remove(canary.part());
        Manifest target = modern.manifests().stream()
                .filter(manifest ->
                        canary.target().filter(found -> same(found, manifest)).isPresent())
                .findFirst()
                .orElseThrow();
        var bundle =
                Bundle.of(List.copyOf(others.values()), canary.when().release().namespace());
        var judged = new Qualifier(bundle).judge(target);
        if (judged instanceof Qualified(var candidate)) {
            String name = canary.manifest().text("spec", "service", "name").orElse("");
            return Optional.of(candidate)
                    .filter(found -> name.isEmpty() || name.equals(found.apex().name()));
        }
        if (judged instanceof dev.haldane.postrender.candidate.Qualification.Unfit(var reason, var detail)
                && canary.equals(own)) {
            outcomes.add(new Skipped(Subject.of(target), "own-fields", reason, detail));
        }
        return Optional.empty();
    }

    private static boolean same(Manifest one, Manifest other) {
        return one.kind().equals(other.kind()) && one.name().equals(other.name());
    }

    private List<Outcome> said(OwnCanary after) {
        var said = new ArrayList<Outcome>();
        Part part = after.part();
        for (String file : after.kept(source)) {
            if (file.equals(CanaryTemplate.HELPERS)) {
                continue;
            }
            boolean canary = file.equals(part.file());
            said.add(new Changed(
                    canary ? own.part().subject() : new Subject("v1", "Service", "", file),
                    canary ? "upgrade-canary" : ChartInjector.RULE,
                    canary
                            ? "in the words of today, in front of the Service that users call"
                            : "stays while the canary is on: users call it by its name"));
        }
        if (source.file(ChartSource.VALUES).equals(after.chart().source().file(ChartSource.VALUES))) {
            return said;
        }
        said.add(new Changed(
                new Subject("", "Values", "", ChartSource.VALUES),
                ChartInjector.RULE,
                "has the values that the chart's own Canary reads"));
        return said;
    }
}
