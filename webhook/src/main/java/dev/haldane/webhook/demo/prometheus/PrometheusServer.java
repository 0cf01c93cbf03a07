package dev.haldane.webhook.demo.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.demo.http.Answer;
import dev.haldane.webhook.demo.http.Call;
import dev.haldane.webhook.demo.http.LoopbackServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Reads counters at intervals and answers queries about them
/// ([HTTP API](https://prometheus.io/docs/prometheus/latest/querying/api/), instant queries).
public final class PrometheusServer implements AutoCloseable {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Samples samples = new Samples();
    private final LoopbackServer server;
    private volatile boolean closed;

    private PrometheusServer(int port) throws IOException {
        server = LoopbackServer.start("prometheus", port, this::answer);
    }

    /// @param port     0 for any that is free
    /// @param counters what they stand at, when asked
    public static PrometheusServer start(int port, Duration scrapeInterval, Supplier<Map<Labels, Double>> counters)
            throws IOException {
        var prometheus = new PrometheusServer(port);
        Thread.ofVirtual().name("prometheus-scrape").start(() -> prometheus.scrape(scrapeInterval, counters));
        return prometheus;
    }

    private void scrape(Duration interval, Supplier<Map<Labels, Double>> counters) {
        while (!closed) {
            samples.scrape(System.currentTimeMillis(), counters.get());
            LockSupport.parkNanos(interval.toNanos());
        }
    }

    public URI uri() {
        return server.uri();
    }

    private Answer answer(Call call) throws IOException {
        return switch (call.path()) {
            case "/-/ready", "/-/healthy" -> Answer.text(200, "Prometheus Server is Ready.\n");
            case "/api/v1/query" -> query(call);
            default -> Answer.text(404, "404 page not found\n");
        };
    }

    private Answer query(Call call) throws IOException {
        String form = call.method().equals("POST") ? new String(call.bytes(), UTF_8) : "";
        try {
            String query = parameter(call, form, "query").orElseThrow(() -> new BadQuery("unknown position: no query"));
            long time =
                    parameter(call, form, "time").map(PrometheusServer::millis).orElseGet(System::currentTimeMillis);
            return Answer.json(200, success(evaluate(query, time), time).toString());
        } catch (BadQuery e) {
            ObjectNode error = JSON.objectNode().put("status", "error").put("errorType", "bad_data");
            return Answer.json(
                    400,
                    error.put("error", "invalid parameter \"query\": " + e.getMessage())
                            .toString());
        }
    }

    private Value evaluate(String query, long time) {
        return new Evaluator(samples, time).evaluate(Parser.parse(query));
    }

    private static Optional<String> parameter(Call call, String form, String name) {
        for (String pair : form.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return Optional.of(URLDecoder.decode(pair.substring(name.length() + 1), UTF_8));
            }
        }
        return call.param(name);
    }

    private static long millis(String seconds) {
        try {
            return new BigDecimal(seconds).movePointRight(3).longValue();
        } catch (NumberFormatException e) {
            throw new BadQuery("cannot parse \"" + seconds + "\" to a valid timestamp");
        }
    }

    private static ObjectNode success(Value value, long time) {
        ObjectNode answer = JSON.objectNode().put("status", "success");
        ObjectNode data = answer.putObject("data");
        switch (value) {
            case Value.Scalar scalar -> {
                data.put("resultType", "scalar");
                data.set("result", sample(time, scalar.value()));
            }
            case Value.Vector vector -> {
                data.put("resultType", "vector");
                ArrayNode result = data.putArray("result");
                for (Value.Sample one : vector.samples()) {
                    ObjectNode entry = result.addObject();
                    entry.set("metric", metric(one.labels()));
                    entry.set("value", sample(time, one.value()));
                }
            }
            case Value.Matrix matrix -> {
                data.put("resultType", "matrix");
                ArrayNode result = data.putArray("result");
                for (Samples.Range range : matrix.ranges()) {
                    ObjectNode entry = result.addObject();
                    entry.set("metric", metric(range.labels()));
                    ArrayNode values = entry.putArray("values");
                    range.points().forEach(point -> values.add(sample(point.time(), point.value())));
                }
            }
        }
        return answer;
    }

    private static ObjectNode metric(Labels labels) {
        ObjectNode metric = JSON.objectNode();
        labels.values().forEach(metric::put);
        return metric;
    }

    private static ArrayNode sample(long time, double value) {
        return JSON.arrayNode().add(BigDecimal.valueOf(time, 3)).add(number(value));
    }

    /// As Prometheus prints numbers: text, for JSON knows neither NaN nor infinity.
    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? BigDecimal.valueOf((long) value).toString()
                : Double.toString(value);
    }

    @Override
    public void close() {
        closed = true;
        server.close();
    }
}
