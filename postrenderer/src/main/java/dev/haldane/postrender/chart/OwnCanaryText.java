package dev.haldane.postrender.chart;

import dev.haldane.postrender.candidate.Candidate;
import dev.haldane.postrender.chart.template.Outline;
import dev.haldane.postrender.chart.template.SourceLine;
import dev.haldane.postrender.chart.template.SourceLine.Shape;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.upgrade.UpgradedCanary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of a chart's own Canary in today's form: the API and its words, the name and the port of the Service
/// that users call, a check of the success rate. The keys of values.yaml that it reads stay what they are.
final class OwnCanaryText {
    private static final String TODAY = "flagger.app/v1beta1";
    private static final Pattern PRINTED = Pattern.compile("toYaml\\s+(\\$?[\\w.]+)(.*)", Pattern.DOTALL);
    private static final Pattern ABOUT_TIME = Pattern.compile("(?i).*(latency|duration).*");

    private final OwnCanary own;
    private final Outline outline;
    private final Part part;
    private final String prefix;
    private final Mended mended = new Mended();
    private boolean helped;

    /// @param prefix of our helpers
    OwnCanaryText(OwnCanary own, String prefix) {
        this.own = own;
        this.part = own.part();
        this.outline = part.outline();
        this.prefix = prefix;
    }

    /// @param service the Service in front of its target, if there is one that can be the apex
    /// @param port    its port
    void edit(
            Optional<Candidate> candidate, Optional<Part> service, Optional<PortText> port, RolloutDefaults defaults) {
        for (SourceLine line : part.find("apiVersion")) {
            if (!outline.value(line).equals(TODAY)) {
                mended.line(part, line, "apiVersion: " + TODAY, List.of());
            }
        }
        reference("targetRef", "apps/v1");
        reference("autoscalerRef", "autoscaling/v2");
        String analysis = analysis();
        metrics(analysis, defaults);
        if (candidate.isPresent() && service.isPresent() && port.isPresent()) {
            service(service.get(), port.get(), candidate.get());
        }
        templates();
    }

    Mended mended() {
        return mended;
    }

    /// Whether it calls the helper that [#metricsHelper] writes.
    boolean needsHelper() {
        return helped;
    }

    /// What the Canary must be: what the rules make of the one that was.
    static Manifest upgraded(Manifest canary) {
        return UpgradedCanary.of(canary).withApiVersion(TODAY);
    }

    private void reference(String field, String today) {
        for (SourceLine line : part.find("spec", field, "apiVersion")) {
            String now = outline.value(line);
            boolean old = UpgradedCanary.isOldReference(now);
            if (old) {
                mended.line(part, line, " ".repeat(line.column()) + "apiVersion: " + today, List.of());
            }
        }
    }

    private String analysis() {
        List<SourceLine> old = part.find("spec", "canaryAnalysis");
        if (!part.find("spec", "analysis").isEmpty()) {
            return "analysis";
        }
        for (SourceLine line : old) {
            mended.line(part, line, outline.text(line).replaceFirst("canaryAnalysis", "analysis"), List.of());
        }
        return "canaryAnalysis";
    }

    private void metrics(String analysis, RolloutDefaults defaults) {
        for (SourceLine metrics : part.find("spec", analysis, "metrics")) {
            List<List<SourceLine>> items = outline.items(metrics);
            for (SourceLine line : outline.body(metrics)) {
                printed(line);
            }
            for (List<SourceLine> item : items) {
                metric(item);
            }
            if (!items.isEmpty() && items.stream().allMatch(this::isAboutTime)) {
                successRate(metrics, items.getFirst().getFirst(), defaults);
            }
        }
    }

    private void printed(SourceLine line) {
        if (line.shape() != Shape.ACTIONS || outline.actions(line).size() != 1) {
            return;
        }
        var action = outline.actions(line).getFirst();
        Matcher found = PRINTED.matcher(action.body());
        if (found.matches()) {
            String text = outline.text(line);
            String call = "include \"" + prefix + ".metrics\" " + found.group(1) + found.group(2);
            mended.line(part, line, text.replace(action.body(), call), List.of());
            helped = true;
        }
    }

    private void metric(List<SourceLine> item) {
        String name = value(item, "name");
        boolean asks = !value(item, "query").isEmpty()
                || item.stream().anyMatch(line -> line.key().equals("templateRef"));
        String today = asks ? name : UpgradedCanary.nameToday(name);
        boolean ranged = item.stream().anyMatch(line -> line.key().equals("thresholdRange"));
        for (SourceLine line : item) {
            String text = outline.text(line);
            if (line.key().equals("name") && !today.equals(name)) {
                mended.line(part, line, text.replace(name, today), List.of());
            } else if (line.key().equals("threshold") && line.shape() == Shape.KEY && !ranged) {
                String indent = " ".repeat(line.column());
                String bound = UpgradedCanary.isLowerBound(today) ? "min" : "max";
                mended.line(
                        part,
                        line,
                        indent + "thresholdRange:",
                        List.of(indent + "  " + bound + ": " + outline.value(line)));
            } else if (line.key().equals("threshold") && !ranged) {
                throw new UnsupportedShape(line.number(), "a metric begins with its threshold");
            }
        }
    }

    private boolean isAboutTime(List<SourceLine> item) {
        return ABOUT_TIME.matcher(value(item, "name")).matches();
    }

    /// Without it a canary that fails quickly would pass.
    private void successRate(SourceLine metrics, SourceLine first, RolloutDefaults defaults) {
        var rate = defaults.analysis().metrics().stream()
                .filter(metric -> UpgradedCanary.isLowerBound(metric.name()))
                .findFirst();
        if (rate.isEmpty()) {
            return;
        }
        String indent = " ".repeat(first.column());
        mended.behind(
                part,
                metrics,
                List.of(
                        indent + "- name: " + rate.get().name(),
                        indent + "  thresholdRange:",
                        indent + "    min: " + rate.get().min(),
                        indent + "  interval: " + rate.get().interval()));
    }

    /// The Service of the chart is the one that users call: its name and its ports.
    private void service(Part service, PortText port, Candidate candidate) {
        List<SourceLine> block = part.find("spec", "service");
        if (block.size() != 1 || block.getFirst().hasValue()) {
            throw new UnsupportedShape(1, "its Canary has no block `service`");
        }
        Manifest canary = own.manifest();
        String indent = ModernText.indentBelow(outline, block.getFirst());
        var more = new ArrayList<String>();
        if (canary.text("spec", "service", "name").isEmpty()) {
            more.add(indent + "name: " + service.borrow("metadata", "name").text());
        }
        String number = String.valueOf(candidate.port().number());
        boolean moved = !canary.text("spec", "service", "port").orElse("").equals(number);
        List<SourceLine> lines = part.find("spec", "service", "port");
        if (moved && lines.size() == 1) {
            mended.line(
                    part, lines.getFirst(), indent + "port: " + port.number().text(), List.of());
        } else if (moved) {
            more.add(indent + "port: " + port.number().text());
        }
        if (canary.at("spec", "service", "targetPort").isEmpty()) {
            more.add(indent + "targetPort: " + port.target().text());
        }
        if (canary.at("spec", "service", "portName").isEmpty()
                && !candidate.port().name().equals("http")) {
            more.add(indent + "portName: " + port.name());
        }
        if (!more.isEmpty()) {
            mended.behind(part, block.getFirst(), more);
        }
    }

    /// Two applications in one namespace would overwrite each other's MetricTemplate of the same name.
    private void templates() {
        for (Part template : own.chart().ofKind("MetricTemplate")) {
            List<SourceLine> names = template.find("metadata", "name");
            boolean ours = template.file().equals(part.file()) && names.size() == 1;
            String name = ours ? template.outline().value(names.getFirst()) : "{{";
            List<SourceLine> references = references(name);
            if (name.contains("{{") || references.isEmpty()) {
                continue;
            }
            String apart = part.borrow("spec", "targetRef", "name").text() + "-" + name;
            mended.line(template, names.getFirst(), "  name: " + apart, List.of());
            for (SourceLine line : references) {
                mended.line(part, line, " ".repeat(line.column()) + "name: " + apart, List.of());
            }
            version(template);
        }
    }

    private void version(Part template) {
        for (SourceLine line : template.find("apiVersion")) {
            if (!template.outline().value(line).equals(TODAY)) {
                mended.line(template, line, "apiVersion: " + TODAY, List.of());
            }
        }
    }

    /// The lines that name a MetricTemplate of the Canary's own namespace.
    private List<SourceLine> references(String name) {
        var references = new ArrayList<SourceLine>();
        for (SourceLine line : outline.lines()) {
            List<SourceLine> below = line.key().equals("templateRef") ? outline.children(line) : List.of();
            boolean elsewhere = below.stream().anyMatch(child -> child.key().equals("namespace"));
            below.stream()
                    .filter(child -> !elsewhere && child.key().equals("name"))
                    .filter(child -> outline.value(child).equals(name))
                    .forEach(references::add);
        }
        return references;
    }

    private String value(List<SourceLine> item, String key) {
        return item.stream()
                .filter(line -> line.key().equals(key))
                .findFirst()
                .map(outline::value)
                .map(value -> value.replaceAll("^[\"']|[\"']$", ""))
                .orElse("");
    }

    static List<String> metricsHelper(String prefix) {
        return """
                {{- define "PREFIX.metrics" -}}
                {{- $today := dict "istio_requests_total" "request-success-rate" -}}
                {{- $today = merge $today (dict "envoy_cluster_upstream_rq" "request-success-rate") -}}
                {{- $today = merge $today (dict "istio_request_duration_seconds_bucket" "request-duration") -}}
                {{- $today = merge $today (dict "istio_request_duration_milliseconds_bucket" "request-duration") -}}
                {{- $today = merge $today (dict "envoy_cluster_upstream_rq_time_bucket" "request-duration") -}}
                {{- $metrics := list -}}
                {{- range . -}}
                {{- $metric := omit . "threshold" -}}
                {{- $name := toString .name -}}
                {{- if not (or .query .templateRef) -}}{{- $name = default $name (get $today $name) -}}{{- end -}}
                {{- if and (hasKey . "threshold") (not .thresholdRange) -}}
                {{- $bound := ternary "min" "max" (eq $name "request-success-rate") -}}
                {{- $metric = merge (dict "thresholdRange" (dict $bound .threshold)) $metric -}}
                {{- end -}}
                {{- $metrics = append $metrics (merge (dict "name" $name) $metric) -}}
                {{- end -}}
                {{- toYaml $metrics -}}
                {{- end -}}
                """.replace("PREFIX", prefix).lines().toList();
    }

    /// Whether a Canary says what the one that was said in other words, but for what is added on purpose.
    static boolean says(Manifest made, Manifest before) {
        return bare(made).equals(bare(upgraded(before)));
    }

    private static Manifest bare(Manifest canary) {
        var rest = canary;
        for (String field : List.of("name", "port", "targetPort", "portName")) {
            rest = rest.without(List.of("spec", "service", field));
        }
        var metrics = rest.root().items("spec", "analysis", "metrics").stream()
                .filter(metric ->
                        !UpgradedCanary.isLowerBound(metric.text("name").orElse("")))
                .map(metric -> metric.at("templateRef", "namespace").isPresent()
                        ? metric
                        : metric.without(List.of("templateRef", "name")))
                .toList();
        return metrics.isEmpty() ? rest : rest.with(List.of("spec", "analysis", "metrics"), new Node.Sequence(metrics));
    }
}
