package dev.haldane.webhook.metrics.prometheus;

import java.time.Duration;

/// What is asked of Istio's metrics for one workload, in PromQL. Names come from objects of the cluster, so they are
/// escaped twice: for the regular expression and for the string around it.
///
/// @param namespace of the workload
/// @param workload  the Deployment's name; the pattern is anchored, so `-primary` is another workload
public record IstioQueries(String namespace, String workload) {

    private static final String FAILED = "response_code=~\"5.*\"";
    private static final String NOT_FAILED = "response_code!~\"5.*\"";

    /// Requests that did not end with 5xx, in percent.
    public String successRate(Duration window) {
        return "sum(rate(" + requests(NOT_FAILED) + range(window) + ")) / sum(rate(" + requests("") + range(window)
                + ")) * 100";
    }

    /// The 99th percentile of the time to answer, in milliseconds.
    public String p99(Duration window) {
        return "histogram_quantile(0.99, sum(rate(" + selector("istio_request_duration_milliseconds_bucket", "")
                + range(window) + ")) by (le))";
    }

    String requestCount(Duration window) {
        return "sum(increase(" + requests("") + range(window) + "))";
    }

    String failedCount(Duration window) {
        return "sum(increase(" + requests(FAILED) + range(window) + "))";
    }

    private String requests(String condition) {
        return selector("istio_requests_total", condition);
    }

    private String selector(String metric, String condition) {
        return metric + "{reporter=\"destination\",destination_workload_namespace=\"" + quoted(namespace)
                + "\",destination_workload=~\"" + quoted(literal(workload)) + "\""
                + (condition.isEmpty() ? "" : "," + condition) + "}";
    }

    /// `[1m]`, `[90s]`, `[1500ms]`: the largest unit that fits; Prometheus refuses an empty range.
    static String range(Duration window) {
        long millis = Math.max(1, window.toMillis());
        if (millis % 60_000 == 0) {
            return "[" + millis / 60_000 + "m]";
        }
        return millis % 1000 == 0 ? "[" + millis / 1000 + "s]" : "[" + millis + "ms]";
    }

    /// The inside of a PromQL string in double quotes.
    static String quoted(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /// A regular expression (RE2) that matches just this text.
    static String literal(String text) {
        return text.replaceAll("[\\\\.+*?()|\\[\\]{}^$]", "\\\\$0");
    }
}
