package dev.haldane.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.certs.IdentityStore;
import dev.haldane.certs.Rotator;
import dev.haldane.certs.TrustBundle;
import dev.haldane.webhook.admission.AdmissionServer.Options;
import dev.haldane.webhook.admission.AdmissionServer.Parts;
import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.http.Listen;
import dev.haldane.webhook.http.Tls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionServerTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MemoryStore store = new MemoryStore();
    private final List<TrustBundle> registered = new CopyOnWriteArrayList<>();
    private final AtomicBoolean apiServerAnswers = new AtomicBoolean(true);
    private final AdmissionServer server = server(Rotator.Plan.usual(List.of("127.0.0.1")));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void it_answers_before_it_registers_and_is_ready_after_that() {
        apiServerAnswers.set(false);
        server.start();

        assertThat(server.problem())
                .hasValueSatisfying(
                        problem -> assertThat(problem).startsWith("the webhook configuration is not right"));
        assertThat(registered).isEmpty();

        apiServerAnswers.set(true);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> server.problem().isEmpty());
        assertThat(registered).containsOnly(server.trust());
    }

    @Test
    void a_review_is_answered_with_the_certificate_that_was_registered() throws Exception {
        server.start();
        Awaitility.await().until(() -> server.problem().isEmpty());

        try (var client = Tls.client(registered.getFirst())) {
            assertThat(review(client, server.port())).contains("\"uid\":\"c-1\"", "\"allowed\":true");
        }
        assertThat(meters.get("haldane.certificate.not.after").gauge().value())
                .isGreaterThan(System.currentTimeMillis() / 1000.0);
    }

    @Test
    void when_it_is_woken_it_registers_again() {
        server.start();
        Awaitility.await().until(() -> server.problem().isEmpty());
        registered.clear();

        server.wake();

        Awaitility.await().until(() -> !registered.isEmpty());
    }

    @Test
    void a_server_that_ends_is_not_ready() {
        server.start();
        server.close();

        assertThat(server.problem()).contains("the server is ending");
    }

    @Test
    void hours_of_rotation_in_seconds_and_not_one_review_fails() throws Exception {
        var names = List.of("127.0.0.1");
        // Certificates know whole seconds only: of the third of a life that is left at renewal, one may be missing.
        var plan = new Rotator.Plan(names, Duration.ofSeconds(15), Duration.ofSeconds(6), Duration.ofMillis(300));
        var reviews = new AtomicInteger();
        try (var hasty = server(plan)) {
            hasty.start();
            var end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
            while (System.nanoTime() < end) {
                // A new connection each time, and no more trust than what is registered at this moment.
                try (var client = Tls.client(registered.isEmpty() ? hasty.trust() : registered.getLast())) {
                    assertThat(review(client, hasty.port())).contains("\"allowed\":true");
                    reviews.incrementAndGet();
                    client.shutdownNow();
                }
            }
        }
        assertThat(reviews).hasValueGreaterThan(20);
        assertThat(meters.find("haldane.certificate.renewals")
                        .tag("what", "serving certificate")
                        .tag("reason", "NEARLY_EXPIRED")
                        .counter())
                .isNotNull()
                .satisfies(counter -> assertThat(counter.count()).isGreaterThanOrEqualTo(3));
        assertThat(meters.find("haldane.certificate.renewals")
                        .tag("what", "certificate authority")
                        .tag("reason", "NEARLY_EXPIRED")
                        .counter())
                .isNotNull();
    }

    private static String review(HttpClient client, int port) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/validate"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Reviews.bytes("create-canary")))
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    private AdmissionServer server(Rotator.Plan plan) {
        return new AdmissionServer(
                new Options(new Listen("127.0.0.1", 0), plan, Duration.ZERO),
                new Parts(
                        Map.of("/validate", new ReviewEndpoint("/validate", new Validation(), meters)),
                        store,
                        this::register,
                        meters,
                        InstantSource.system()));
    }

    private boolean register(TrustBundle trust) {
        if (!apiServerAnswers.get()) {
            throw new ClusterUnavailable("connection refused");
        }
        var news = registered.isEmpty() || !registered.getLast().equals(trust);
        registered.add(trust);
        return news;
    }

    private static final class MemoryStore implements IdentityStore {
        private Map<String, String> entries = Map.of();
        private int version;

        @Override
        public synchronized Stored load() {
            return new Stored(String.valueOf(version), entries);
        }

        @Override
        public synchronized boolean save(String expected, Map<String, String> next) {
            if (!expected.equals(String.valueOf(version))) {
                return false;
            }
            entries = Map.copyOf(next);
            version++;
            return true;
        }
    }
}
