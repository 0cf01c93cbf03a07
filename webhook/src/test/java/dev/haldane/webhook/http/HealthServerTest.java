package dev.haldane.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {

    private final AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.empty());
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HealthServer server = new HealthServer(
            new Listen("localhost", 0),
            List.of(
                    ReadinessCheck.of("certificate", problem::get),
                    ReadinessCheck.of("watches", () -> Optional.empty())),
            meters);
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void it_lives() throws Exception {
        assertThat(get("/healthz").body()).isEqualTo("ok\n");
    }

    @Test
    void it_is_ready_when_no_check_objects() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void it_says_why_it_is_not_ready() throws Exception {
        problem.set(Optional.of("there is none yet"));

        var answer = get("/readyz");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("not ready\ncertificate: there is none yet\n");
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void it_shows_its_metrics() throws Exception {
        meters.counter("haldane.reviews", "outcome", "allowed").increment(3);

        var answer = get("/metrics");

        assertThat(answer.body()).contains("haldane_reviews_total{outcome=\"allowed\"} 3.0");
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    }

    @Test
    void nothing_else_is_there() throws Exception {
        assertThat(get("/mutate").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws Exception {
        var uri = URI.create("http://localhost:" + server.port() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
