package dev.haldane.webhook.metrics.prometheus;

import static dev.haldane.webhook.metrics.prometheus.Measured.DURATION;
import static dev.haldane.webhook.metrics.prometheus.Measured.SPEC;
import static dev.haldane.webhook.metrics.prometheus.Measured.SUCCESS_RATE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.haldane.webhook.analysis.Tally;
import dev.haldane.webhook.canary.MetricCheck;
import dev.haldane.webhook.metrics.MetricsUnavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrometheusMetricsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicReference<HttpHandler> handler = new AtomicReference<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var authorization = exchange.getRequestHeaders().getFirst("Authorization");
            requests.add(exchange.getRequestMethod() + " " + decoded(exchange)
                    + (authorization == null ? "" : " " + authorization));
            handler.get().handle(exchange);
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    @Test
    void the_value_of_a_vector_is_its_sample() throws MetricsUnavailable {
        answer(200, vector("99.5"));

        assertThat(metrics().value(SPEC, SUCCESS_RATE)).hasValue(99.5);
        assertThat(requests).singleElement().asString().startsWith("GET /api/v1/query?query=sum(rate(istio_requests");
    }

    @Test
    void a_duration_is_in_whole_milliseconds() throws MetricsUnavailable {
        answer(200, vector("214.99"));

        assertThat(metrics().value(SPEC, DURATION)).hasValue(214);
    }

    @Test
    void of_several_series_the_last_one_counts() throws MetricsUnavailable {
        answer(200, success("vector", "[{\"metric\":{},\"value\":[1,\"1\"]},{\"metric\":{},\"value\":[1,\"2\"]}]"));

        assertThat(metrics().value(SPEC, SUCCESS_RATE)).hasValue(2);
    }

    @Test
    void infinity_is_a_value() throws MetricsUnavailable {
        answer(200, vector("+Inf"));

        assertThat(metrics().value(SPEC, DURATION)).hasValue(Double.POSITIVE_INFINITY);
    }

    @Test
    void no_series_no_sample_and_not_a_number_are_no_data() throws MetricsUnavailable {
        for (var body : List.of(
                vector("NaN"),
                success("vector", "[]"),
                success("vector", "null"),
                success("vector", "[{\"metric\":{},\"value\":null}]"),
                success("vector", "[{\"metric\":{},\"value\":[1,null]}]"),
                success("scalar", "[1,\"NaN\"]"))) {
            answer(200, body);
            assertThat(metrics().value(SPEC, SUCCESS_RATE)).as(body).isEqualTo(OptionalDouble.empty());
        }
    }

    @Test
    void several_values_are_not_one() {
        answer(200, success("matrix", "[]"));

        assertUnavailable("running query failed: query returned multiple values");
    }

    @Test
    void an_error_names_the_status_and_quotes_the_body() {
        answer(500, "out of memory");

        assertUnavailable("running query failed: error response: Status 500 Internal Server Error: out of memory");
    }

    @Test
    void a_long_error_is_cut() {
        answer(503, "x".repeat(100_000));

        assertThatThrownBy(() -> metrics().ping())
                .message()
                .hasSizeLessThan(700)
                .endsWith("x…");
    }

    @Test
    void nonsense_is_not_a_value() {
        for (var body : List.of(
                "<html>sign in</html>",
                "",
                "null",
                "[]",
                "{\"status\":\"success\"}",
                success("vector", "[{\"metric\":{}}]"),
                vector("many"),
                vector("99.5").substring(0, 40))) {
            answer(200, body);
            assertThatThrownBy(() -> metrics().value(SPEC, SUCCESS_RATE))
                    .as(body)
                    .isInstanceOf(MetricsUnavailable.class)
                    .hasMessageStartingWith("running query failed: error unmarshaling result: ")
                    .hasMessageEndingWith(", '" + body + "'");
        }
    }

    @Test
    void an_answer_without_end_is_cut_off() {
        answer(200, "[" + "1,".repeat(3 << 20) + "1]");

        assertThatThrownBy(() -> metrics().ping())
                .isInstanceOf(MetricsUnavailable.class)
                .hasMessageStartingWith("running query failed: request failed: Get \"http://");
    }

    @Test
    void a_server_that_never_answers_is_given_up() {
        handle(_ -> await());

        assertUnavailable("/api/v1/query?query=vector%281%29\": context deadline exceeded");
    }

    @Test
    void a_server_that_never_finishes_its_answer_is_given_up() {
        handle(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await();
        });

        assertUnavailable("context deadline exceeded");
    }

    @Test
    void a_server_that_is_not_there_refuses() {
        server.stop(0);

        assertUnavailable("/api/v1/query?query=vector%281%29\": connection refused");
    }

    @Test
    void a_host_without_an_address_is_named() {
        assertThatThrownBy(() -> new PrometheusMetrics(URI.create("http://prometheus.invalid:9090")).ping())
                .isInstanceOf(MetricsUnavailable.class)
                .hasMessageEndingWith(
                        "Get \"http://prometheus.invalid:9090/api/v1/query?query=vector%281%29\": " + "no such host");
    }

    @Test
    void a_password_in_the_address_is_sent_and_never_told() {
        answer(401, "who are you?");
        var address =
                URI.create("http://me:secret@127.0.0.1:" + server.getAddress().getPort() + "/prom/");

        assertThatThrownBy(() -> new PrometheusMetrics(address).ping())
                .hasMessageContaining("401")
                .hasMessageNotContaining("secret");
        assertThat(requests).containsExactly("GET /prom/api/v1/query?query=vector(1) Basic bWU6c2VjcmV0");
    }

    @Test
    void a_tally_asks_for_all_and_for_failed_requests() throws MetricsUnavailable {
        handle(exchange ->
                send(exchange, 200, vector(exchange.getRequestURI().getQuery().contains("5.*") ? "36.6" : "911.5")));

        assertThat(metrics().tally(SPEC, "podinfo-primary", MINUTE)).isEqualTo(new Tally(912, 37));
        assertThat(requests)
                .hasSize(2)
                .allSatisfy(request -> assertThat(request)
                        .contains("sum(increase(istio_requests_total{")
                        .contains("destination_workload=~\"podinfo-primary\""));
    }

    @Test
    void a_workload_without_series_had_no_requests() throws MetricsUnavailable {
        answer(200, success("vector", "[]"));

        assertThat(metrics().tally(SPEC, "podinfo", MINUTE)).isEqualTo(Tally.NONE);
    }

    @Test
    void never_more_failed_than_there_were() throws MetricsUnavailable {
        handle(exchange ->
                send(exchange, 200, vector(exchange.getRequestURI().getQuery().contains("5.*") ? "11.2" : "10.4")));

        assertThat(metrics().tally(SPEC, "podinfo", MINUTE)).isEqualTo(new Tally(10, 10));
    }

    @Test
    void a_ping_wants_prometheus() throws MetricsUnavailable {
        answer(200, vector("1"));
        metrics().ping();

        answer(200, vector("2"));
        assertUnavailable("this is not Prometheus");
    }

    @Test
    void a_metric_that_nobody_knows_is_refused_without_asking() {
        var check = new MetricCheck("latency", OptionalDouble.empty(), OptionalDouble.empty(), MINUTE);

        assertThatThrownBy(() -> metrics().value(SPEC, check))
                .hasMessage("metric \"latency\" is not known: request-success-rate and request-duration are");
        assertThat(requests).isEmpty();
    }

    private PrometheusMetrics metrics() {
        return new PrometheusMetrics(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Duration.ofSeconds(1));
    }

    private void assertUnavailable(String message) {
        assertThatThrownBy(() -> metrics().ping())
                .isInstanceOf(MetricsUnavailable.class)
                .hasMessageContaining(message);
    }

    private void answer(int status, String body) {
        handle(exchange -> send(exchange, status, body));
    }

    private void handle(HttpHandler next) {
        handler.set(next);
    }

    private static String decoded(HttpExchange exchange) {
        return exchange.getRequestURI().getPath() + "?"
                + URLDecoder.decode(exchange.getRequestURI().getRawQuery(), UTF_8);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void await() {
        try {
            assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String vector(String value) {
        return success("vector", "[{\"metric\":{},\"value\":[1730000000.1,\"" + value + "\"]}]");
    }

    private static String success(String type, String result) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"" + type + "\",\"result\":" + result + "}}";
    }
}
