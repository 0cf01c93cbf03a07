package dev.haldane.postrender.chart;

import dev.haldane.postrender.candidate.Qualification.Qualified;
import dev.haldane.postrender.candidate.Qualifier;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Json;
import dev.haldane.postrender.manifest.Node;
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
        Anatomy chart = Anatomy.of(source);
        if (!isRefused(chart)) {
            Mapping values = new OpenedValues(chart).values();
            Rendered rendered = Rendered.of(chart, values);
            List<Workload> workloads = workloads(chart, rendered);
            if (!workloads.isEmpty()) {
                edit(chart, values, workloads);
            }
        }
        return new ChartChange(source.directory(), edits, new Report(shown, outcomes));
    }

    /// Says so and ends, where no Deployment needs to be looked at.
    private boolean isRefused(Anatomy chart) {
        Optional<Part> canary = chart.ofKind("Canary").stream()
                .filter(part -> part.group().isEmpty() || part.group().equals("flagger.app"))
                .findFirst();
        var self = new Subject("", "Chart", "", source.name());
        if (ruleIds.contains(SHIPPER)) {
            outcomes.add(new Skipped(self, SHIPPER, Reason.SHIPPER_CHART, ""));
        } else if (!ruleIds.contains(ChartInjector.RULE)) {
            return true;
        } else if (source.isLibrary()) {
            skip(self, Reason.LIBRARY_CHART, "");
        } else if (canary.isPresent()) {
            skip(self, Reason.HAS_CANARY, canary.get().file());
        } else if (chart.ofKind("Deployment").isEmpty()) {
            boolean umbrella = !source.dependencies().isEmpty();
            skip(
                    self,
                    umbrella ? Reason.UMBRELLA_CHART : Reason.NO_DEPLOYMENT,
                    String.join(", ", source.dependencies()));
        } else if (source.file(CanaryTemplate.FILE).isPresent()) {
            skip(self, Reason.NOT_EDITABLE, CanaryTemplate.FILE + " is there already, and it has no Canary");
        } else if (new HelmIgnore(source.file(".helmignore").orElse("")).hides(CanaryTemplate.FILE)) {
            skip(self, Reason.NOT_EDITABLE, ".helmignore would leave out " + CanaryTemplate.FILE);
        } else if (source.file(ChartSource.SCHEMA)
                .filter(Injection::forbidsMore)
                .isPresent()) {
            skip(self, Reason.NOT_EDITABLE, ChartSource.SCHEMA + " allows no value `canary`");
        }
        return !outcomes.isEmpty();
    }

    private static boolean forbidsMore(String schema) {
        Node root = Json.parse(schema);
        boolean closed =
                root.text("additionalProperties").filter("false"::equals).isPresent();
        return closed && root.at("properties", ValuesBlock.KEY).isEmpty();
    }

    private void skip(Subject subject, Reason reason, String detail) {
        outcomes.add(new Skipped(subject, ChartInjector.RULE, reason, detail));
    }

    private List<Workload> workloads(Anatomy chart, Rendered rendered) {
        for (var unknown : rendered.unknown().entrySet()) {
            if (Set.of("Deployment", "Service").contains(unknown.getKey().kind())) {
                skip(unknown.getKey().subject(), Reason.NOT_EDITABLE, unknown.getValue());
            }
        }
        for (Part part : chart.ofKind("Deployment")) {
            if (!rendered.objects().containsKey(part) && !rendered.unknown().containsKey(part)) {
                skip(part.subject(), Reason.NOT_EDITABLE, "with the chart's own values it is not rendered at all");
            }
        }
        reportUnfit(rendered);
        var qualifier = new Qualifier(Bundle.of(rendered.manifests(), Rendered.RELEASE.namespace()));
        Map<Part, Qualified> fit = new LinkedHashMap<>();
        rendered.objects().forEach((part, manifest) -> {
            if (Qualifier.isDeployment(manifest) && qualifier.judge(manifest) instanceof Qualified qualified) {
                fit.put(part, qualified);
            }
        });
        var workloads = new ArrayList<Workload>();
        fit.forEach((part, qualified) -> {
            String suffix = fit.size() == 1 ? "" : stem(part.file());
            try {
                workloads.add(Workload.of(suffix, qualified.candidate(), rendered, chart));
            } catch (UnsupportedShape e) {
                skip(part.subject(), Reason.NOT_EDITABLE, part.file() + ":" + e.line() + ": " + e.problem());
            }
        });
        return workloads;
    }

    /// What the rules say of objects that they leave alone.
    private void reportUnfit(Rendered rendered) {
        for (Outcome outcome : SelfCheck.ruled(rendered, rules).report().outcomes()) {
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

    private void edit(Anatomy chart, Mapping values, List<Workload> workloads) {
        Part deployment = workloads.getFirst().deployment();
        try {
            var plan = new ChartPlan(chart, defaults, ruleIds);
            plan.edit(workloads);
            var edited = Anatomy.of(plan.edited());
            var difference = new SelfCheck(chart, edited, defaults).difference(values);
            if (difference.isPresent()) {
                skip(deployment.subject(), Reason.NOT_EDITABLE, difference.get());
            } else {
                edits.addAll(plan.edits());
                outcomes.addAll(plan.outcomes());
            }
        } catch (UnsupportedShape e) {
            skip(deployment.subject(), Reason.NOT_EDITABLE, deployment.file() + ":" + e.line() + ": " + e.problem());
        }
    }

    private static String stem(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return name.substring(0, name.lastIndexOf('.'));
    }
}
