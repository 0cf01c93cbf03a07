package dev.haldane.postrender.chart;

import dev.haldane.postrender.candidate.Settings;
import dev.haldane.postrender.chart.ChartEdit.AddFile;
import dev.haldane.postrender.chart.ChartEdit.EditFile;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Outcome;
import dev.haldane.postrender.rule.Outcome.Added;
import dev.haldane.postrender.rule.Outcome.Changed;
import dev.haldane.postrender.rule.Outcome.Skipped;
import dev.haldane.postrender.rule.Outcome.Subject;
import dev.haldane.postrender.rule.Reason;
import dev.haldane.postrender.upgrade.ModernObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// All edits that give a chart its canaries, as values.
final class ChartPlan {
    static final String MODERNISE = "modernise";

    private final ChartSource original;
    private final Anatomy chart;
    private final RolloutDefaults defaults;
    private final Set<String> ruleIds;
    private final SortedMap<String, TemplateEditor> editors = new TreeMap<>();
    private final SortedMap<String, String> files;
    private final List<ChartEdit> beside = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Part> left = new ArrayList<>();

    /// @param original what is on disk
    /// @param chart    the same, perhaps with lines that were mended already
    ChartPlan(ChartSource original, Anatomy chart, RolloutDefaults defaults, Set<String> ruleIds) {
        this.original = original;
        this.chart = chart;
        this.defaults = defaults;
        this.ruleIds = ruleIds;
        this.files = new TreeMap<>(chart.source().files());
    }

    /// @throws UnsupportedShape if a template is written in a way that we do not dare to edit
    ///
    /// @param rendered with the chart's values
    void edit(List<Workload> workloads, Rendered rendered) {
        Workload first = workloads.getFirst();
        if (ruleIds.contains(MODERNISE)) {
            modernise(workloads, rendered);
        }
        var text = new StringBuilder();
        for (Workload workload : workloads) {
            text.append(canary(workload));
            if (ruleIds.contains("own-fields")) {
                ownFields(workload);
            }
        }
        var notes = withoutReleases();
        editors.forEach((file, editor) -> files.put(file, editor.result()));
        files.put(target(original), CanaryTemplate.header(first.chart(), notes) + text);
        editValues(settings(first));
        editSchema();
    }

    /// @return what the pipelines that write releases have to be told
    private List<String> withoutReleases() {
        if (!ruleIds.contains("drop-release")) {
            return List.of();
        }
        dropReleases(Workload.enabled(chart));
        return silencePipelines();
    }

    /// The file that our Canary goes to.
    static String target(ChartSource source) {
        return source.file(CanaryTemplate.FILE).isPresent() ? CanaryTemplate.OTHER_FILE : CanaryTemplate.FILE;
    }

    private void editSchema() {
        String schema = files.getOrDefault(ChartSource.SCHEMA, "");
        if (!schema.isBlank()) {
            SchemaText.with(schema).ifPresent(more -> {
                files.put(ChartSource.SCHEMA, more);
                change(new Subject("", "Schema", "", ChartSource.SCHEMA), "inject-canary", "allows the value `canary`");
            });
        }
    }

    /// The same for a chart whose Canary is its own, and in today's form already.
    ///
    /// @param workloads its target, if a Service is in front of it
    /// @param more      lines of further helpers
    void editAround(OwnCanary own, List<Workload> workloads, List<String> more) {
        if (ruleIds.contains(MODERNISE)) {
            modernise(workloads, own.rendered());
        }
        var text = new StringBuilder();
        for (Workload workload : workloads) {
            text.append(new CanaryTemplate(workload, settings(workload), false, this::apiVersion).helperText());
            if (ruleIds.contains("own-fields")) {
                ownFields(workload);
            }
        }
        var notes = withoutReleases();
        editors.forEach((file, editor) -> files.put(file, editor.result()));
        more.forEach(line -> text.append(line).append('\n'));
        String header = CanaryTemplate.header(Workload.prefix(chart), Guards.of(own.part()), notes);
        files.put(CanaryTemplate.HELPERS, header + text);
        if (!original.file(ChartSource.VALUES).equals(chart.source().file(ChartSource.VALUES))) {
            editSchema();
        }
    }

    /// What keeps an API that is gone, because its text does not lend itself to an edit.
    List<Part> left() {
        return left;
    }

    List<Outcome> outcomes() {
        return outcomes;
    }

    /// The chart as it would be.
    ChartSource edited() {
        return new ChartSource(chart.source().directory(), chart.source().description(), files);
    }

    List<ChartEdit> edits() {
        var edits = new ArrayList<ChartEdit>();
        files.forEach((file, text) -> {
            String before = original.file(file).orElse("");
            if (!original.files().containsKey(file)) {
                edits.add(new AddFile(chart.source().path(file), text));
            } else if (!before.equals(text)) {
                edits.add(new EditFile(chart.source().path(file), before, text));
            }
        });
        edits.addAll(beside);
        return edits;
    }

    private void modernise(List<Workload> workloads, Rendered rendered) {
        String enabled = Workload.enabled(chart);
        for (Part part : ModernText.old(chart, rendered)) {
            Optional<Manifest> manifest = Optional.ofNullable(rendered.objects().get(part));
            TemplateEditor editor = editor(part);
            try {
                editor.together(() -> new ModernText(part, enabled).edit(manifest, editor));
                change(part.subject(), MODERNISE, "in the API that Kubernetes serves while the canary is on");
            } catch (UnsupportedShape e) {
                if (workloads.stream()
                        .anyMatch(workload -> workload.deployment().equals(part))) {
                    throw e;
                }
                left.add(part);
                String detail = part.file() + ":" + e.line() + ": " + e.problem();
                outcomes.add(new Skipped(part.subject(), MODERNISE, Reason.NOT_EDITABLE, detail));
            }
        }
    }

    private String canary(Workload workload) {
        boolean delegating = ruleIds.contains("inject-virtualservice");
        String why = workload.deployment().file() + " behind port "
                + workload.candidate().port().number() + " of "
                + workload.service().file();
        add("flagger.app/v1beta1", "Canary", "inject-canary", why);
        if (delegating) {
            add("networking.istio.io/v1", "VirtualService", "inject-virtualservice", "delegates to the rollout's own");
        }
        return new CanaryTemplate(workload, settings(workload), delegating, this::apiVersion).text();
    }

    /// The API in which a part is rendered while the canary is on.
    private String apiVersion(Part scaler) {
        boolean modern = ruleIds.contains(MODERNISE)
                && !left.contains(scaler)
                && ModernObject.isOld(scaler.apiVersion(), scaler.kind());
        return modern ? "autoscaling/v2" : scaler.borrow("apiVersion").text();
    }

    private Settings settings(Workload workload) {
        return Settings.of(workload.candidate().deployment(), "{app}", defaults);
    }

    private void ownFields(Workload workload) {
        var edit = new WorkloadEdit(workload);
        edit.deployment(editor(workload.deployment()));
        edit.service(editor(workload.service()));
        change(workload.deployment().subject(), "own-fields", "no replicas while the canary is on");
        String selects = "selects " + workload.label() + ": …-primary while the canary is on";
        change(workload.service().subject(), "own-fields", selects);
    }

    private void dropReleases(String enabled) {
        for (Part release : ReleaseGuard.releases(chart)) {
            ReleaseGuard.apply(release, chart, editor(release), enabled);
            change(release.subject(), "drop-release", "not rendered while the canary is on");
        }
    }

    private List<String> silencePipelines() {
        var notes = new ArrayList<String>();
        for (Pipelines.Edited pipeline : Pipelines.silenced(chart.source())) {
            beside.add(pipeline.edit());
            notes.add(pipeline.note());
            String name = String.valueOf(pipeline.edit().path().getFileName());
            change(new Subject("", "Pipeline", "", name), "drop-release", "writes no release.yaml into the chart");
        }
        return notes;
    }

    private void editValues(Settings settings) {
        var entries = CanaryValues.of(settings);
        String before = files.get(ChartSource.VALUES);
        files.put(ChartSource.VALUES, before == null ? ValuesBlock.alone(entries) : ValuesBlock.into(before, entries));
        change(new Subject("", "Values", "", ChartSource.VALUES), "inject-canary", "`canary.enabled` is the switch");
    }

    private TemplateEditor editor(Part part) {
        return editors.computeIfAbsent(part.file(), _ -> new TemplateEditor(part.template()));
    }

    private void add(String apiVersion, String kind, String rule, String why) {
        outcomes.add(new Added(new Subject(apiVersion, kind, "", target(original)), rule, why));
    }

    private void change(Subject subject, String rule, String why) {
        outcomes.add(new Changed(subject, rule, why));
    }
}
