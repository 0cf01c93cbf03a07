package dev.haldane.postrender.chart;

import dev.haldane.postrender.candidate.Settings;
import dev.haldane.postrender.rule.Marks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The text of `templates/canary.yaml`: helpers that ask whether the switch is on and what things are called, the
/// Canary and the VirtualService that leads to the rollout's.
final class CanaryTemplate {
    static final String FILE = "templates/canary.yaml";

    /// The same where the chart has a file of that name that holds something else.
    static final String OTHER_FILE = "templates/haldane-canary.yaml";

    /// Where the helpers go if the chart has a Canary of its own.
    static final String HELPERS = "templates/_haldane.tpl";

    private static final String FIRST_LINE =
            "{{- /* Written by `haldane inject`; `haldane uninject` takes it out again.";

    private final Workload workload;
    private final Settings settings;
    private final boolean delegating;
    private final Function<Part, String> apiVersion;

    /// @param apiVersion of a part, while the switch is on
    CanaryTemplate(Workload workload, Settings settings, boolean delegating, Function<Part, String> apiVersion) {
        this.workload = workload;
        this.settings = settings;
        this.delegating = delegating;
        this.apiVersion = apiVersion;
    }

    static boolean isOurs(String text) {
        return text.startsWith(FIRST_LINE);
    }

    /// @param notes what has to be remembered for the way back, a line each
    /// @param prefix of the helpers for the whole chart
    static String header(String prefix, List<String> notes) {
        String lines = notes.stream().map(note -> "\n     " + note).collect(Collectors.joining());
        var conditions = List.of(
                "if kindIs \"map\" .Values.canary",
                "if eq (toString .Values.canary.enabled) \"true\"",
                "if ne (toString .Values.canary.enable) \"false\"");
        var enabled = guarded(new Guards(conditions.stream().map(List::of).toList()), "yes");
        return FIRST_LINE + lines + " */ -}}\n" + text(define(prefix + ".enabled", enabled));
    }

    /// The same where the chart's own Canary says when it is on.
    static String header(String prefix, Guards own, List<String> notes) {
        String lines = notes.stream().map(note -> "\n     " + note).collect(Collectors.joining());
        return FIRST_LINE + lines + " */ -}}\n" + text(define(prefix + ".enabled", guarded(own, "yes")));
    }

    /// What a Canary of the chart's own needs beside it.
    String helperText() {
        return text(helpers());
    }

    /// The notes of [#header].
    static List<String> notes(String text) {
        int end = text.indexOf(" */");
        return end < 0
                ? List.of()
                : text.substring(0, end).lines().skip(1).map(String::strip).toList();
    }

    String text() {
        var lines = new ArrayList<String>();
        lines.addAll(helpers());
        lines.add("{{- if " + workload.on() + " }}");
        lines.add("---");
        lines.addAll(variables());
        lines.addAll(canary());
        if (delegating) {
            lines.addAll(entry());
        }
        lines.add("{{- end }}");
        return text(lines);
    }

    private static String text(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private List<String> helpers() {
        var lines = new ArrayList<String>();
        lines.addAll(helper("target", List.of(workload.target().text())));
        lines.addAll(helper("apex", List.of(workload.apex().text())));
        if (!workload.labelText().equals(workload.target().text())) {
            lines.addAll(helper("label", List.of(workload.labelText())));
        }
        if (!workload.replicas().isNothing()) {
            lines.addAll(helper("replicas", List.of(workload.replicas().text())));
        }
        workload.scaler().ifPresent(scaler -> lines.addAll(helper("scaled", guarded(Guards.of(scaler), "yes"))));
        lines.addAll(helper("note", note()));
        workload.selectorHelper().ifPresent(helper -> lines.addAll(helper("selector", selector(helper))));
        lines.addAll(helper("on", on()));
        workload.whole().ifPresent(files -> lines.addAll(files.helpers()));
        return lines;
    }

    /// The number of replicas for the annotation; nothing where an autoscaler decides.
    private List<String> note() {
        String otherwise = workload.scaler().isPresent() ? "{{ if not (" + include("scaled") + ") }}1{{ end }}" : "1";
        return workload.replicas().isNothing()
                ? List.of(otherwise)
                : List.of("{{- with " + include("replicas") + " }}{{ . }}{{ else }}" + otherwise + "{{ end -}}");
    }

    private List<String> selector(String helper) {
        return List.of(
                "{{- $labels := fromYaml (include \"" + helper + "\" .) -}}",
                "{{- $primary := printf \"%s" + Marks.PRIMARY + "\" (index $labels \"" + workload.label() + "\") -}}",
                "{{- toYaml (merge (dict \"" + workload.label() + "\" $primary) $labels) -}}");
    }

    private List<String> on() {
        var conditions = new ArrayList<String>();
        conditions.add(workload.enabled());
        if (!workload.own()) {
            conditions.add("le (len (" + include("target") + ")) 55");
            conditions.add("le (len (" + include("apex") + ")) 55");
        }
        if (!workload.own() && !workload.labelText().equals(workload.target().text())) {
            conditions.add("le (len (" + include("label") + ")) 55");
        }
        if (!workload.own() && !workload.replicas().isNothing()) {
            conditions.add("ne (" + include("replicas") + ") \"0\"");
        }
        var guards = new Guards(
                conditions.stream().map(condition -> List.of("if " + condition)).toList());
        return guarded(workload.guards().and(guards), "on");
    }

    private static List<String> guarded(Guards guards, String word) {
        var lines = new ArrayList<>(guards.opening());
        lines.add(word);
        lines.addAll(guards.closing());
        return lines;
    }

    private List<String> helper(String name, List<String> body) {
        return define(workload.prefix() + "." + name, body);
    }

    private static List<String> define(String name, List<String> body) {
        var lines = new ArrayList<String>();
        lines.add("{{- define \"" + name + "\" -}}");
        lines.addAll(body);
        lines.add("{{- end -}}");
        return lines;
    }

    private String include(String name) {
        return "include \"" + workload.prefix() + "." + name + "\" .";
    }

    private List<String> variables() {
        return """
                {{- $canary := .Values.canary }}
                {{- $analysis := default (dict) $canary.analysis }}
                {{- $service := default (dict) $canary.service }}
                {{- $target := include "PREFIX.target" . }}
                {{- $apex := include "PREFIX.apex" . }}
                {{- $hosts := list }}
                {{- range $service.hosts }}{{ $hosts = append $hosts (replace "{app}" $apex .) }}{{ end }}
                """.replace("PREFIX", workload.prefix()).lines().toList();
    }

    private List<String> canary() {
        var lines = new ArrayList<String>();
        lines.addAll(object("flagger.app/v1beta1", "Canary", "{{ $target }}", workload.deployment()));
        lines.add("spec:");
        lines.add("  provider: " + settings.provider());
        lines.add("  targetRef:");
        lines.add("    apiVersion: apps/v1");
        lines.add("    kind: Deployment");
        lines.add("    name: {{ $target }}");
        workload.scaler().ifPresent(scaler -> lines.addAll(autoscaler(scaler)));
        long deadline = settings.progressDeadlineSeconds();
        lines.add("  progressDeadlineSeconds: {{ default " + deadline + " $canary.progressDeadlineSeconds }}");
        lines.addAll(service());
        lines.addAll(analysis());
        return lines;
    }

    private List<String> autoscaler(Part scaler) {
        String name = scaler.borrow("metadata", "name").text();
        return List.of(
                "{{- if " + include("scaled") + " }}",
                "  autoscalerRef:",
                "    apiVersion: " + apiVersion.apply(scaler),
                "    kind: HorizontalPodAutoscaler",
                "    name: " + name,
                "{{- end }}");
    }

    private List<String> service() {
        var lines = new ArrayList<String>();
        lines.add("  service:");
        lines.add("    name: {{ $apex }}");
        lines.add("    port: " + workload.port().number().text());
        lines.add("    portName: " + workload.port().name());
        lines.add("    targetPort: " + workload.port().target().text());
        if (delegating) {
            lines.add("    delegation: true");
            return lines;
        }
        lines.addAll(List.of("{{- with $hosts }}", "    hosts:", "{{ toYaml . | indent 6 }}", "{{- end }}"));
        lines.addAll(
                List.of("{{- with $service.gateways }}", "    gateways:", "{{ toYaml . | indent 6 }}", "{{- end }}"));
        return lines;
    }

    private List<String> analysis() {
        return """
                  analysis:
                    interval: {{ default "INTERVAL" $analysis.interval }}
                    threshold: {{ default THRESHOLD $analysis.threshold }}
                    maxWeight: {{ default MAX $analysis.maxWeight }}
                    stepWeight: {{ default STEP $analysis.stepWeight }}
                    metrics:
                {{ toYaml (default (list) $analysis.metrics) | indent 6 }}
                """.replace("INTERVAL", settings.interval())
                .replace("THRESHOLD", Long.toString(settings.threshold()))
                .replace("MAX", Long.toString(settings.maxWeight()))
                .replace("STEP", Long.toString(settings.stepWeight()))
                .lines()
                .toList();
    }

    private List<String> entry() {
        var lines = new ArrayList<String>();
        lines.add("---");
        lines.add("{{- $gateways := list \"mesh\" }}");
        lines.add("{{- if and $hosts $service.gateways }}{{ $gateways = $service.gateways }}{{ end }}");
        lines.add("{{- if and (has \"mesh\" $gateways) (not (has $apex $hosts)) }}"
                + "{{ $hosts = append $hosts $apex }}{{ end }}");
        lines.addAll(object("networking.istio.io/v1", "VirtualService", "{{ $apex }}-entry", workload.service()));
        lines.add("spec:");
        lines.add("  hosts:");
        lines.add("{{ toYaml $hosts | indent 4 }}");
        lines.add("  gateways:");
        lines.add("{{ toYaml $gateways | indent 4 }}");
        lines.add("  http:");
        lines.addAll(new EntryRules(workload.port()).lines());
        return lines;
    }

    private List<String> object(String apiVersion, String kind, String name, Part neighbour) {
        var lines = new ArrayList<String>();
        lines.add("apiVersion: " + apiVersion);
        lines.add("kind: " + kind);
        lines.add("metadata:");
        lines.add("  name: " + name);
        Borrowed namespace = workload.namespace(neighbour);
        if (!namespace.isNothing()) {
            lines.add("  namespace: " + namespace.text());
        }
        lines.add("  annotations:");
        lines.add("    " + Marks.INJECTED_BY + ": " + Marks.HALDANE);
        return lines;
    }
}
