package dev.haldane.webhook.loop;

import dev.haldane.webhook.analysis.Reading;
import dev.haldane.webhook.analysis.Verdict.Outcome;
import dev.haldane.webhook.canary.CanaryId;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.MetricCheck;
import dev.haldane.webhook.canary.Phase;
import dev.haldane.webhook.canary.Weight;
import dev.haldane.webhook.rollout.Decision.Go;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// Figures about Canaries under Flagger's names, for boards and alerts that exist. Written by hand in Prometheus' text
/// format, because the client library refuses a gauge called `flagger_canary_total`.
///
/// Safe for use by many threads. The series of a deleted Canary go with it.
public final class CanaryMeters {

    private static final String STATUS_HELP = "Last known canary analysis status: 0 running, 1 successful, 2 failed";

    private final Map<CanaryId, Gauges> canaries = new ConcurrentHashMap<>();
    private final Map<Ending, LongAdder> endings = new ConcurrentHashMap<>();
    private final Map<CanaryId, Durations> durations = new ConcurrentHashMap<>();
    private final String version;

    /// @param version of Haldane, for `flagger_info`
    public CanaryMeters(String version) {
        this.version = version;
    }

    private record Gauges(String target, int status, Weight weight, Map<String, Double> metrics) {}

    private record Ending(String series, CanaryId id, String target, String analysis) {}

    void measured(CanarySpec spec, Reading reading) {
        var seconds = reading.check().name().equals(MetricCheck.DURATION);
        reading.value()
                .ifPresent(value -> canaries.computeIfPresent(spec.id(), (_, gauges) -> {
                    var metrics = new TreeMap<>(gauges.metrics());
                    metrics.put(reading.check().name(), seconds ? value / 1000 : value);
                    return new Gauges(gauges.target(), gauges.status(), gauges.weight(), metrics);
                }));
    }

    void ticked(CanarySpec spec, Go go) {
        canaries.merge(
                spec.id(),
                new Gauges(spec.target().name(), status(go.next()), go.next().weight(spec.analysis()), Map.of()),
                (old, fresh) -> new Gauges(fresh.target(), fresh.status(), fresh.weight(), old.metrics()));
        go.verdict().ifPresent(verdict -> {
            var series = verdict.outcome() == Outcome.PROMOTED ? "successes" : "failures";
            var analysis = spec.skipAnalysis() ? "skipped" : "completed";
            endings.computeIfAbsent(new Ending(series, spec.id(), spec.target().name(), analysis), _ -> new LongAdder())
                    .increment();
        });
    }

    private static int status(Phase phase) {
        return switch (phase) {
            case Phase.Progressing _ -> 0;
            case Phase.Failed _, Phase.KeptOnCanary _ -> 2;
            case Phase.Initializing _, Phase.Initialized _, Phase.Promoting _, Phase.Finalising _, Phase.Succeeded _ ->
                1;
        };
    }

    /// A tick that judged took this long.
    void analysed(CanarySpec spec, Duration wall) {
        durations
                .computeIfAbsent(spec.id(), _ -> new Durations(spec.target().name()))
                .add(wall);
    }

    void forget(CanaryId id) {
        canaries.remove(id);
        durations.remove(id);
        endings.keySet().removeIf(ending -> ending.id().equals(id));
    }

    /// All series in Prometheus' text format 0.0.4.
    public String scrape() {
        var page = new MetricsPage();
        page.type("flagger_info", "gauge", "Haldane's version");
        page.sample("flagger_info", 1, "version", version, "mesh_provider", "istio");
        page.type("flagger_canary_total", "gauge", "Total number of canary resources");
        canaries.keySet().stream()
                .collect(Collectors.groupingBy(CanaryId::namespace, TreeMap::new, Collectors.counting()))
                .forEach((namespace, count) -> page.sample("flagger_canary_total", count, "namespace", namespace));
        var sorted = new TreeMap<String, Map.Entry<CanaryId, Gauges>>();
        canaries.entrySet().forEach(entry -> sorted.put(entry.getKey().toString(), entry));
        page.type("flagger_canary_status", "gauge", STATUS_HELP);
        sorted.values().forEach(e -> status(page, e.getKey(), e.getValue()));
        page.type("flagger_canary_weight", "gauge", "The virtual service destination weight current value");
        sorted.values().forEach(e -> weights(page, e.getKey(), e.getValue()));
        page.type("flagger_canary_metric_analysis", "gauge", "Last value of a check; a duration in seconds");
        sorted.values().forEach(e -> metrics(page, e.getKey(), e.getValue()));
        endings(page, "successes");
        endings(page, "failures");
        page.type("flagger_canary_duration_seconds", "histogram", "Seconds spent performing canary analysis");
        durations.forEach((id, histogram) -> histogram.print(page, id.namespace()));
        return page.toString();
    }

    private static void status(MetricsPage page, CanaryId id, Gauges gauges) {
        page.sample("flagger_canary_status", gauges.status(), "name", gauges.target(), "namespace", id.namespace());
    }

    private static void weights(MetricsPage page, CanaryId id, Gauges gauges) {
        var canary = gauges.weight().percent();
        var name = "flagger_canary_weight";
        page.sample(name, 100 - canary, "workload", gauges.target() + "-primary", "namespace", id.namespace());
        page.sample(name, canary, "workload", gauges.target(), "namespace", id.namespace());
    }

    private static void metrics(MetricsPage page, CanaryId id, Gauges gauges) {
        gauges.metrics().forEach((metric, value) -> {
            var name = "flagger_canary_metric_analysis";
            page.sample(name, value, "name", gauges.target(), "namespace", id.namespace(), "metric", metric);
        });
    }

    private void endings(MetricsPage page, String series) {
        var name = "flagger_canary_" + series + "_total";
        page.type(name, "counter", "Canary runs that ended so");
        endings.forEach((ending, count) -> {
            if (ending.series().equals(series)) {
                page.sample(
                        name,
                        (double) count.sum(),
                        "name",
                        ending.target(),
                        "namespace",
                        ending.id().namespace(),
                        "deployment_strategy",
                        "canary",
                        "analysis_status",
                        ending.analysis());
            }
        });
    }
}
