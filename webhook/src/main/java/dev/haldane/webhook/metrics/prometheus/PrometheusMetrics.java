package dev.haldane.webhook.metrics.prometheus;

import dev.haldane.webhook.analysis.Tally;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.MetricCheck;
import dev.haldane.webhook.metrics.MetricSource;
import dev.haldane.webhook.metrics.MetricsUnavailable;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalDouble;

/// Measures a workload by Istio's metrics in Prometheus. Nothing is remembered and nothing is tried twice: a query
/// that fails is an answer too, and the next tick asks again.
public final class PrometheusMetrics implements MetricSource {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final PrometheusApi api;

    /// @param server base address such as `http://prometheus.istio-system:9090`; `user:password@` is understood
    public PrometheusMetrics(URI server) {
        this(server, TIMEOUT);
    }

    PrometheusMetrics(URI server, Duration timeout) {
        this.api = new PrometheusApi(server, timeout);
    }

    @Override
    public OptionalDouble value(CanarySpec spec, MetricCheck check) throws MetricsUnavailable {
        var queries = new IstioQueries(spec.id().namespace(), spec.target().name());
        return switch (check.name()) {
            case MetricCheck.SUCCESS_RATE -> api.query(queries.successRate(check.window()));
            case MetricCheck.DURATION -> wholeMillis(api.query(queries.p99(check.window())));
            default ->
                throw new MetricsUnavailable("metric \"" + check.name() + "\" is not known: " + MetricCheck.SUCCESS_RATE
                        + " and " + MetricCheck.DURATION + " are");
        };
    }

    @Override
    public Tally tally(CanarySpec spec, String workload, Duration window) throws MetricsUnavailable {
        var queries = new IstioQueries(spec.id().namespace(), workload);
        long requests = count(api.query(queries.requestCount(window)));
        if (requests == 0) {
            return Tally.NONE;
        }
        long failed = count(api.query(queries.failedCount(window)));
        // Prometheus extrapolates each of the two, and a request may end between them.
        return new Tally(requests, Math.min(requests, failed));
    }

    @Override
    public void ping() throws MetricsUnavailable {
        var answer = api.query("vector(1)");
        if (answer.isEmpty() || answer.getAsDouble() != 1) {
            throw new MetricsUnavailable("vector(1) is not 1: this is not Prometheus");
        }
    }

    private static long count(OptionalDouble value) {
        return Math.max(0, Math.round(value.orElse(0)));
    }

    private static OptionalDouble wholeMillis(OptionalDouble value) {
        return value.isEmpty() ? value : OptionalDouble.of(Math.floor(value.getAsDouble()));
    }
}
