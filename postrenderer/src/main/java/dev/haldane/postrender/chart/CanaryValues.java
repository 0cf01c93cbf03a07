package dev.haldane.postrender.chart;

import dev.haldane.postrender.candidate.Settings;
import dev.haldane.postrender.chart.ValuesBlock.Entry;
import dev.haldane.postrender.config.RolloutDefaults.MetricDefaults;
import java.util.ArrayList;
import java.util.List;

/// The entries of `canary:` in values.yaml.
final class CanaryValues {
    private CanaryValues() {}

    static List<Entry> of(Settings settings) {
        var analysis = new ArrayList<>(List.of(
                "analysis:",
                "  # The time between two looks at the metrics.",
                "  interval: " + settings.interval(),
                "  # Failed checks that send a release back.",
                "  threshold: " + settings.threshold(),
                "  # Percent of the requests: each look adds stepWeight, up to maxWeight; then the release is promoted.",
                "  maxWeight: " + settings.maxWeight(),
                "  stepWeight: " + settings.stepWeight()));
        analysis.add(settings.metrics().isEmpty() ? "  metrics: []" : "  metrics:");
        settings.metrics().forEach(metric -> analysis.addAll(metric(metric)));
        var service = new ArrayList<>(List.of(
                "# Requests from outside come to these hosts through these gateways; no host: from the mesh only.",
                "service:"));
        service.addAll(list("hosts", settings.hosts()));
        service.addAll(list("gateways", settings.gateways()));
        return List.of(
                new Entry("enabled", List.of("enabled: true")),
                new Entry("service", service),
                new Entry(
                        "progressDeadlineSeconds",
                        List.of(
                                "# How long pods may take to become ready.",
                                "progressDeadlineSeconds: " + settings.progressDeadlineSeconds())),
                new Entry("analysis", analysis));
    }

    private static List<String> list(String key, List<String> items) {
        if (items.isEmpty()) {
            return List.of("  " + key + ": []");
        }
        var lines = new ArrayList<String>();
        lines.add("  " + key + ":");
        items.forEach(item -> lines.add("    - \"" + item + "\""));
        return lines;
    }

    private static List<String> metric(MetricDefaults metric) {
        var lines = new ArrayList<String>();
        lines.add("    - name: " + metric.name());
        lines.add("      thresholdRange:");
        if (!metric.min().isEmpty()) {
            lines.add("        min: " + metric.min());
        }
        if (!metric.max().isEmpty()) {
            lines.add("        max: " + metric.max());
        }
        lines.add("      interval: " + metric.interval());
        return lines;
    }
}
