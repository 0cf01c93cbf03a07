package dev.haldane.postrender.chart;

import dev.haldane.postrender.candidate.Candidate;
import dev.haldane.postrender.candidate.Qualification.Qualified;
import dev.haldane.postrender.candidate.Qualifier;
import dev.haldane.postrender.chart.template.Piece.Keyword;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Outcome;
import dev.haldane.postrender.rule.Outcome.Broken;
import dev.haldane.postrender.rule.Outcome.Skipped;
import dev.haldane.postrender.rule.Outcome.Subject;
import dev.haldane.postrender.rule.Reason;
import dev.haldane.postrender.rule.Report;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rules.RuleSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// One chart on its way through the chart door.
final class Injection {
    private static final String SHIPPER = "shipper";

    private final ChartSource source;
    private final RolloutDefaults defaults;
    private final RuleSet rules;
    private final Set<String> ruleIds;
    private final List<ChartEdit> edits = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    Injection(ChartSource source, RolloutDefaults defaults) {
        this.source = source;
        this.defaults = defaults;
        this.rules = RuleSet.of(defaults);
        this.ruleIds = rules.rules().stream().map(Rule::id).collect(Collectors.toSet());
    }

    ChartChange change(String shown) {
        ChartSource filled = new OwnValues(source, defaults).filled();
        Anatomy chart = Anatomy.of(filled);
        Rendered.refuseBroken(chart);
        if (isRefused(chart)) {
            return new ChartChange(source.directory(), edits, new Report(shown, outcomes));
        }
        if (OwnCanary.in(chart).isPresent()) {
            own(chart);
        } else {
            Mapping values = new OpenedValues(chart).values();
            Rendered rendered = Rendered.of(chart, values);
            List<Workload> workloads = workloads(chart, rendered);
            if (!workloads.isEmpty()) {
                edit(chart, rendered, values, workloads);
            }
        }
        return new ChartChange(source.directory(), edits, new Report(shown, outcomes));
    }

    /// Says so and ends, where no Deployment needs to be looked at.
    private boolean isRefused(Anatomy chart) {
        var self = new Subject("", "Chart", "", source.name());
        if (ruleIds.contains(SHIPPER)) {
            outcomes.add(new Skipped(self, SHIPPER, Reason.SHIPPER_CHART, ""));
        } else if (!ruleIds.contains(ChartInjector.RULE)) {
            return true;
        } else if (source.isLibrary()) {
            skip(self, Reason.LIBRARY_CHART, "");
        } else if (chart.ofKind("Deployment").isEmpty()) {
            boolean umbrella = !source.dependencies().isEmpty();
            skip(
                    self,
                    umbrella ? Reason.UMBRELLA_CHART : Reason.NO_DEPLOYMENT,
                    String.join(", ", source.dependencies()));
        } else if (new HelmIgnore(source.file(".helmignore").orElse("")).hides(target(chart))) {
            skip(self, Reason.NOT_EDITABLE, ".helmignore would leave out " + target(chart));
        } else if (source.file(target(chart)).isPresent()) {
            skip(self, Reason.NOT_EDITABLE, target(chart) + " is there already, and it is not ours");
        }
        return !outcomes.isEmpty();
    }

    private String target(Anatomy chart) {
        return OwnCanary.in(chart).isPresent() ? CanaryTemplate.HELPERS : ChartPlan.target(source);
    }

    private void skip(Subject subject, Reason reason, String detail) {
        outcomes.add(new Skipped(subject, ChartInjector.RULE, reason, detail));
    }

    private List<Workload> workloads(Anatomy chart, Rendered rendered) {
        for (var unknown : rendered.unknown().entrySet()) {
            if (Set.of("Deployment", "Service").contains(unknown.getKey().kind())) {
                skip(unknown.getKey().subject(), Reason.NOT_EDITABLE, why(unknown.getKey(), unknown.getValue()));
            }
        }
        for (Part part : chart.ofKind("Deployment")) {
            if (!rendered.objects().containsKey(part) && !rendered.unknown().containsKey(part)) {
                skip(part.subject(), Reason.NOT_EDITABLE, "with the chart's own values it is not rendered at all");
            }
        }
        reportUnfit(rendered);
        Rendered ruled = ruleIds.contains(ChartPlan.MODERNISE) ? rendered.modern() : rendered;
        var qualifier = new Qualifier(Bundle.of(ruled.manifests(), Rendered.RELEASE.namespace()));
        Map<Part, Qualified> fit = new LinkedHashMap<>();
        ruled.objects().forEach((part, manifest) -> {
            if (Qualifier.isDeployment(manifest) && qualifier.judge(manifest) instanceof Qualified qualified) {
                fit.put(part, qualified);
            }
        });
        return workloads(fit, ruled, chart, false);
    }

    /// @param whole whether the files are taken as a whole, because they cannot be edited line by line
    private List<Workload> workloads(Map<Part, Qualified> fit, Rendered ruled, Anatomy chart, boolean whole) {
        var workloads = new ArrayList<Workload>();
        fit.forEach((part, qualified) -> {
            String suffix = fit.size() == 1 ? "" : stem(part.file());
            try {
                workloads.add(workload(suffix, qualified.candidate(), ruled, chart, whole));
            } catch (UnsupportedShape e) {
                skip(part.subject(), Reason.NOT_EDITABLE, part.file() + ":" + e.line() + ": " + e.problem());
            }
        });
        return workloads;
    }

    private static Workload workload(String suffix, Candidate candidate, Rendered ruled, Anatomy chart, boolean whole) {
        if (whole) {
            return Workload.whole(suffix, candidate, ruled, chart);
        }
        try {
            return Workload.of(suffix, candidate, ruled, chart, false);
        } catch (UnsupportedShape e) {
            try {
                return Workload.whole(suffix, candidate, ruled, chart);
            } catch (UnsupportedShape _) {
                throw e;
            }
        }
    }

    /// Why a part could not be rendered, as its author would say it.
    private String why(Part part, String problem) {
        var loop = part.outline().guards().stream()
                .filter(block -> block.opener().keyword() == Keyword.RANGE)
                .findFirst();
        if (loop.isPresent()) {
            int line = part.template().lineOf(loop.get().opener().start());
            return part.file() + ":" + line + ": it is inside of {{ "
                    + loop.get().opener().body() + " }}, so that one text makes several objects";
        }
        List<String> missing = source.dependencies().stream()
                .filter(name -> !Libraries.isThere(source.directory(), name))
                .toList();
        boolean absent = problem.contains("there is no template") && !missing.isEmpty();
        return absent
                ? problem + "; charts/ lacks " + String.join(", ", missing) + ": `helm dependency build` fetches it"
                : problem;
    }

    /// What the rules say of objects that they leave alone.
    private void reportUnfit(Rendered rendered) {
        for (Outcome outcome : SelfCheck.ruled(rendered, rules, Rendered.RELEASE, false)
                .report()
                .outcomes()) {
            Subject subject = rendered.objects().entrySet().stream()
                    .filter(entry -> Subject.of(entry.getValue()).equals(outcome.subject()))
                    .map(entry -> entry.getKey().subject())
                    .findFirst()
                    .orElse(outcome.subject());
            switch (outcome) {
                case Skipped(var _, var rule, var reason, var detail) ->
                    outcomes.add(new Skipped(subject, rule, reason, detail));
                case Broken(var _, var rule, var why) -> outcomes.add(new Broken(subject, rule, why));
                default -> {}
            }
        }
    }

    private void edit(Anatomy chart, Rendered rendered, Mapping values, List<Workload> workloads) {
        Optional<String> problem = attempt(chart, rendered, values, workloads);
        if (problem.isPresent()
                && attempt(chart, rendered, values, whole(workloads, chart, rendered))
                        .isPresent()) {
            skip(workloads.getFirst().deployment().subject(), Reason.NOT_EDITABLE, problem.get());
        }
    }

    private List<Workload> whole(List<Workload> workloads, Anatomy chart, Rendered rendered) {
        Rendered ruled = ruleIds.contains(ChartPlan.MODERNISE) ? rendered.modern() : rendered;
        var whole = new ArrayList<Workload>();
        for (Workload workload : workloads) {
            String suffix = workload.prefix().substring(workload.chart().length());
            try {
                whole.add(Workload.whole(
                        suffix.isEmpty() ? "" : suffix.substring(1), workload.candidate(), ruled, chart));
            } catch (UnsupportedShape _) {
                return List.of();
            }
        }
        return whole;
    }

    /// What is in the way; empty if it is done.
    private Optional<String> attempt(Anatomy chart, Rendered rendered, Mapping values, List<Workload> workloads) {
        if (workloads.isEmpty()) {
            return Optional.of("");
        }
        try {
            var plan = new ChartPlan(source, chart, defaults, ruleIds);
            plan.edit(workloads, rendered);
            var edited = Anatomy.of(plan.edited());
            var difference =
                    new SelfCheck(chart, edited, plan.left(), defaults, Rendered.RELEASE, false).difference(values);
            if (difference.isEmpty()) {
                edits.addAll(plan.edits());
                outcomes.addAll(plan.outcomes());
            }
            return difference;
        } catch (UnsupportedShape e) {
            return Optional.of(workloads.getFirst().deployment().file() + ":" + e.line() + ": " + e.problem());
        }
    }

    /// A chart with a Canary of its own: that is brought into today's form, and the rest of the chart fits it.
    private void own(Anatomy original) {
        Part first = OwnCanary.in(original).orElseThrow();
        var self = new Subject("", "Chart", "", source.name());
        try {
            var own = OwnCanary.of(original);
            var adoption = new Adoption(source, own, defaults, ruleIds);
            adoption.run();
            if (adoption.edits().isEmpty()) {
                skip(self, Reason.HAS_CANARY, first.file() + ", and it is in today's form");
            }
            edits.addAll(adoption.edits());
            outcomes.addAll(adoption.outcomes());
        } catch (UnsupportedShape e) {
            skip(self, Reason.HAS_CANARY, first.file() + ":" + e.line() + ": " + e.problem());
        }
    }

    private static String stem(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return name.substring(0, name.lastIndexOf('.'));
    }
}
