package dev.haldane.webhook.demo.mesh;

import dev.haldane.webhook.demo.mesh.RouteTable.ServiceName;
import dev.haldane.webhook.demo.prometheus.Labels;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts requests under the names and labels of
/// [Istio's standard metrics](https://istio.io/latest/docs/reference/config/metrics/).
final class IstioMetrics {

    /// Upper bounds in milliseconds: those of Envoy's histograms.
    private static final List<Double> BOUNDS = List.of(
            0.5, 1.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2500.0, 5000.0, 10000.0, 30000.0, 60000.0,
            300000.0, 600000.0, 1800000.0, 3600000.0);

    private final Map<Labels, LongAdder> counters = new ConcurrentHashMap<>();

    /// A request that a pod has answered.
    void count(Backend backend, ServiceName service, int status, Duration took) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("reporter", "destination");
        labels.put("source_workload", "istio-ingressgateway");
        labels.put("destination_workload", backend.workload());
        labels.put("destination_workload_namespace", backend.namespace());
        labels.put("destination_service_name", service.name());
        labels.put("destination_service_namespace", service.namespace());
        labels.put("request_protocol", "http");
        labels.put("response_code", Integer.toString(status));
        add("istio_requests_total", labels);
        double millis = took.toNanos() / 1e6;
        for (double bound : BOUNDS) {
            add("istio_request_duration_milliseconds_bucket", bucket(labels, printed(bound)), millis <= bound ? 1 : 0);
        }
        add("istio_request_duration_milliseconds_bucket", bucket(labels, "+Inf"), 1);
        add("istio_request_duration_milliseconds_count", labels);
    }

    private static Map<String, String> bucket(Map<String, String> labels, String bound) {
        Map<String, String> bucket = new LinkedHashMap<>(labels);
        bucket.put("le", bound);
        return bucket;
    }

    private static String printed(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }

    private void add(String name, Map<String, String> labels) {
        add(name, labels, 1);
    }

    private void add(String name, Map<String, String> labels, int by) {
        counters.computeIfAbsent(Labels.of(name, labels), _ -> new LongAdder()).add(by);
    }

    /// What all counters stand at.
    Map<Labels, Double> read() {
        Map<Labels, Double> readings = new LinkedHashMap<>();
        counters.forEach((labels, counter) -> readings.put(labels, counter.doubleValue()));
        return readings;
    }
}
