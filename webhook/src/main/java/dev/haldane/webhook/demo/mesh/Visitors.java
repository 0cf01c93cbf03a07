package dev.haldane.webhook.demo.mesh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/// People who use the application: send requests at a steady pace, each on a virtual thread, and keep count of the
/// answers. When too many are waiting for one, the next are not sent.
public final class Visitors implements AutoCloseable {

    private static final int CROWD = 128;

    private final HttpClient client;
    private final Map<String, Count> counts = new ConcurrentHashMap<>();
    private final Semaphore crowd = new Semaphore(CROWD);
    private final HttpRequest request;
    private volatile boolean leaving;

    /// @param failed answered with 5xx, or not at all
    public record Count(long requests, long failed) {
        Count plus(Count other) {
            return new Count(requests + other.requests, failed + other.failed);
        }
    }

    /// The gateway is their proxy: so they can ask for a host that no name server knows.
    private Visitors(URI gateway, String host) {
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .proxy(ProxySelector.of(new InetSocketAddress(gateway.getHost(), gateway.getPort())))
                .build();
        request = HttpRequest.newBuilder(URI.create("http://" + host + "/"))
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    /// @param host      of the application
    /// @param perSecond how many requests to send
    public static Visitors start(URI gateway, String host, int perSecond) {
        var visitors = new Visitors(gateway, host);
        Thread.ofVirtual().name("visitors").start(() -> visitors.come(perSecond));
        return visitors;
    }

    private void come(int perSecond) {
        long step = Duration.ofSeconds(1).toNanos() / perSecond;
        long next = System.nanoTime();
        while (!leaving) {
            if (crowd.tryAcquire()) {
                Thread.startVirtualThread(this::visit);
            }
            next = Math.max(next + step, System.nanoTime() - step);
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void visit() {
        try {
            HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
            String version = answer.headers().firstValue("X-Version").orElse("");
            count(version, answer.statusCode() >= 500 || version.isEmpty());
        } catch (IOException e) {
            count("", true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            crowd.release();
        }
    }

    private void count(String version, boolean failed) {
        if (!leaving) {
            counts.merge(version, new Count(1, failed ? 1 : 0), Count::plus);
        }
    }

    /// By the version that answered, `""` where none did: there was no route, or nobody behind it.
    public Map<String, Count> counts() {
        return new TreeMap<>(counts);
    }

    public Count total() {
        return counts.values().stream().reduce(new Count(0, 0), Count::plus);
    }

    @Override
    public void close() {
        leaving = true;
        client.shutdownNow();
    }
}
