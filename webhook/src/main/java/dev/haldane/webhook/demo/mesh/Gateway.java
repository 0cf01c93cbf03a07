package dev.haldane.webhook.demo.mesh;

import dev.haldane.webhook.demo.http.Answer;
import dev.haldane.webhook.demo.http.Call;
import dev.haldane.webhook.demo.mesh.RouteTable.ServiceName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/// The proxy that requests from outside go through: finds the Service by the routes, a pod by the Service, and passes
/// the request on. A pod that does not take the connection is passed over once, as Istio does by default.
final class Gateway {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final String name;
    private final Supplier<RouteTable> routes;
    private final Backends backends;
    private final IstioMetrics metrics;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /// @param name as VirtualServices name it in `gateways`
    Gateway(String name, Supplier<RouteTable> routes, Backends backends, IstioMetrics metrics) {
        this.name = name;
        this.routes = routes;
        this.backends = backends;
        this.metrics = metrics;
    }

    Answer pass(Call call) throws InterruptedException {
        String host = call.header("Host").orElse("").replaceFirst(":\\d+$", "");
        RouteTable now = routes.get();
        Optional<ServiceName> service =
                now.route(new Inquiry(name, host, call.path(), call.headers()), ThreadLocalRandom.current());
        if (service.isEmpty()) {
            return Answer.text(404, "no route for " + host + "\n");
        }
        Optional<Map<String, String>> selector = now.selector(service.get());
        List<Backend> pods =
                selector.map(labels -> backends.serving(service.get(), labels)).orElse(List.of());
        if (pods.isEmpty()) {
            return Answer.text(503, "no healthy upstream for " + service.get() + "\n");
        }
        Backend first = pods.get(ThreadLocalRandom.current().nextInt(pods.size()));
        try {
            return ask(first, service.get(), call);
        } catch (IOException e) {
            Backend other = pods.get((pods.indexOf(first) + 1) % pods.size());
            return again(other, service.get(), call);
        }
    }

    private Answer again(Backend backend, ServiceName service, Call call) throws InterruptedException {
        try {
            return ask(backend, service, call);
        } catch (IOException e) {
            return Answer.text(503, "upstream connect error: " + e.getMessage() + "\n");
        }
    }

    private Answer ask(Backend backend, ServiceName service, Call call) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(backend.uri() + call.path()))
                .timeout(PATIENCE)
                .build();
        long start = System.nanoTime();
        HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
        metrics.count(backend, service, answer.statusCode(), Duration.ofNanos(System.nanoTime() - start));
        return new Answer.Whole(
                answer.statusCode(),
                Map.of("Content-Type", "text/plain", "X-Version", backend.version(), "X-Workload", backend.workload()),
                ByteBuffer.wrap(answer.body()));
    }

    void close() {
        client.shutdownNow();
    }
}
