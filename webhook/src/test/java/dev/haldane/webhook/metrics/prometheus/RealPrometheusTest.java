package dev.haldane.webhook.metrics.prometheus;

import static dev.haldane.webhook.metrics.prometheus.Measured.DURATION;
import static dev.haldane.webhook.metrics.prometheus.Measured.SPEC;
import static dev.haldane.webhook.metrics.prometheus.Measured.SUCCESS_RATE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.haldane.webhook.canary.MetricCheck;
import dev.haldane.webhook.metrics.MetricsUnavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The queries against Prometheus itself, which scrapes an exporter that counts as Istio does: each scrape adds 90
/// good and 10 bad requests to the canary, a quarter of them slow, and 100 good ones to the primary.
class RealPrometheusTest {

    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final AtomicInteger SCRAPES = new AtomicInteger();

    private static HttpServer exporter;
    private static RealPrometheus prometheus;
    private static PrometheusMetrics metrics;

    @BeforeAll
    static void start(@TempDir Path dir) throws IOException {
        var binary = RealPrometheus.binaryOrSkip();
        exporter = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        exporter.createContext("/metrics", exchange -> {
            var page = page(SCRAPES.incrementAndGet()).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        exporter.start();
        prometheus = RealPrometheus.start(binary, dir, exporter.getAddress().getPort());
        metrics = new PrometheusMetrics(prometheus.address());
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> SCRAPES.get() >= 12);
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
            exporter.stop(0);
        }
    }

    @Test
    void it_answers_a_ping() throws MetricsUnavailable {
        metrics.ping();

        assertThat(prometheus.isRunning()).isTrue();
    }

    @Test
    void the_success_rate_is_that_of_the_canary_and_not_of_its_primary() throws MetricsUnavailable {
        assertThat(metrics.value(SPEC, over(SUCCESS_RATE)).orElseThrow()).isEqualTo(90, within(0.01));
    }

    @Test
    void the_duration_is_the_99th_percentile() throws MetricsUnavailable {
        // 75 of 100 take up to 100 ms, the rest up to 500 ms: the 99th lies at 100 + 400 * 24/25.
        assertThat(metrics.value(SPEC, over(DURATION)).orElseThrow()).isEqualTo(484, within(1.0));
    }

    @Test
    void requests_and_failed_requests_are_counted() throws MetricsUnavailable {
        var canary = metrics.tally(SPEC, "podinfo", WINDOW);
        var primary = metrics.tally(SPEC, "podinfo-primary", WINDOW);

        assertThat(canary.requests()).isPositive();
        assertThat(canary.failureShare()).isEqualTo(0.1, within(0.02));
        assertThat(primary.requests()).isPositive();
        assertThat(primary.failed()).isZero();
    }

    @Test
    void a_workload_that_nobody_calls_has_no_data() throws MetricsUnavailable {
        assertThat(metrics.tally(SPEC, "podinf.", WINDOW).requests()).isZero();
        var nobody = new IstioQueries("test", "nobody");
        assertThat(new PrometheusApi(prometheus.address(), WINDOW).query(nobody.successRate(WINDOW)))
                .isEmpty();
    }

    @Test
    void a_query_that_it_cannot_read_is_its_own_words() {
        assertThatThrownBy(() -> new PrometheusApi(prometheus.address(), WINDOW).query("sum("))
                .isInstanceOf(MetricsUnavailable.class)
                .hasMessageStartingWith("running query failed: error response: Status 400 Bad Request: ")
                .hasMessageContaining("parse error");
    }

    private static MetricCheck over(MetricCheck check) {
        return new MetricCheck(check.name(), OptionalDouble.empty(), OptionalDouble.empty(), WINDOW);
    }

    private static String page(int scrapes) {
        return requests("podinfo", 200, 90L * scrapes)
                + requests("podinfo", 503, 10L * scrapes)
                + requests("podinfo-primary", 200, 100L * scrapes)
                + bucket("100", 75L * scrapes)
                + bucket("500", 100L * scrapes)
                + bucket("+Inf", 100L * scrapes);
    }

    private static String requests(String workload, int code, long count) {
        return "istio_requests_total{reporter=\"destination\",destination_workload_namespace=\"test\","
                + "destination_workload=\"" + workload + "\",response_code=\"" + code + "\"} " + count + "\n";
    }

    private static String bucket(String bound, long count) {
        return "istio_request_duration_milliseconds_bucket{reporter=\"destination\","
                + "destination_workload_namespace=\"test\",destination_workload=\"podinfo\",le=\"" + bound + "\"} "
                + count + "\n";
    }
}
