package dev.haldane.webhook.metrics.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.haldane.webhook.metrics.MetricsUnavailable;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One instant query by [Prometheus' HTTP API](https://prometheus.io/docs/prometheus/latest/querying/api/). What goes
/// wrong is worded as Flagger words it, because people search for these texts.
public final class PrometheusApi {

    private static final int LARGEST_ANSWER = 4 << 20;
    private static final int LONGEST_QUOTE = 512;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(422, "Unprocessable Entity"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"));

    private final HttpClient client;
    private final String base;
    private final String authorization;
    private final Duration timeout;

    /// @param server  base address, with a path prefix if there is one; `user:password@` becomes basic authentication
    /// @param timeout for one query, from connecting to the last byte
    public PrometheusApi(URI server, Duration timeout) {
        var userInfo = server.getUserInfo();
        this.authorization = userInfo == null
                ? ""
                : "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
        this.base = withoutUserInfo(server).replaceAll("/+$", "");
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /// The value of a scalar, or of the last series of a vector; empty if there is none or it is not a number.
    public OptionalDouble query(String promQl) throws MetricsUnavailable {
        var url = base + "/api/v1/query?query=" + URLEncoder.encode(promQl, StandardCharsets.UTF_8);
        var answer = send(url);
        if (answer.statusCode() >= 300) {
            throw new MetricsUnavailable("running query failed: error response: Status " + status(answer.statusCode())
                    + ": " + shortened(answer.body()));
        }
        return value(answer.body());
    }

    private HttpResponse<String> send(String url) throws MetricsUnavailable {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(timeout).header("Accept", "application/json");
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        // HttpRequest.timeout ends with the response's headers; a body that never ends must not hold a rollout.
        var answer = client.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_ANSWER));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failed(url, because(e.getCause() == null ? e : e.getCause()), e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw failed(url, "context deadline exceeded", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw failed(url, "interrupted", e);
        }
    }

    private static MetricsUnavailable failed(String url, String why, Exception cause) {
        return new MetricsUnavailable("running query failed: request failed: Get \"" + url + "\": " + why, cause);
    }

    private static String because(Throwable cause) {
        return switch (cause) {
            case HttpTimeoutException _ -> "context deadline exceeded";
            case ConnectException e when e.getCause() instanceof UnresolvedAddressException -> "no such host";
            case ConnectException _ -> "connection refused";
            default -> {
                var message = cause.getMessage();
                yield message == null ? cause.getClass().getSimpleName() : message;
            }
        };
    }

    static OptionalDouble value(String body) throws MetricsUnavailable {
        var answer = read(body);
        if (!"success".equals(answer.path("status").asText())) {
            throw garbage("status is not success", body);
        }
        var result = answer.path("data").path("result");
        return switch (answer.path("data").path("resultType").asText()) {
            case "vector" -> result.isEmpty() ? OptionalDouble.empty() : sample(result.path(result.size() - 1), body);
            case "scalar" -> number(result, body);
            case "matrix" -> throw new MetricsUnavailable("running query failed: query returned multiple values");
            default -> throw garbage("no vector and no scalar", body);
        };
    }

    private static OptionalDouble sample(JsonNode series, String body) throws MetricsUnavailable {
        return number(series.path("value"), body);
    }

    /// A sample is `[time, "number"]`, the number as text because JSON knows neither NaN nor infinity.
    private static OptionalDouble number(JsonNode sample, String body) throws MetricsUnavailable {
        if (sample.isNull() || sample.path(1).isNull()) {
            return OptionalDouble.empty();
        }
        if (sample.size() != 2) {
            throw garbage("a sample is not [time, value]", body);
        }
        var text = sample.path(1).asText();
        try {
            var number = Double.parseDouble(text.replace("Inf", "Infinity"));
            return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
        } catch (NumberFormatException e) {
            throw garbage("not a number: " + shortened(text), body);
        }
    }

    private static JsonNode read(String body) throws MetricsUnavailable {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw garbage(e.getOriginalMessage(), body);
        }
    }

    private static MetricsUnavailable garbage(String why, String body) {
        return new MetricsUnavailable(
                "running query failed: error unmarshaling result: " + why + ", '" + shortened(body) + "'");
    }

    private static String status(int code) {
        var reason = REASONS.get(code);
        return reason == null ? String.valueOf(code) : code + " " + reason;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }

    private static String withoutUserInfo(URI server) {
        var userInfo = server.getRawUserInfo();
        return userInfo == null ? server.toString() : server.toString().replaceFirst("//[^/@]*@", "//");
    }
}
