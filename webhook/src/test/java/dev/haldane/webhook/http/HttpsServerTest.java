package dev.haldane.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.haldane.certs.CertificateAuthority;
import dev.haldane.certs.Identity;
import dev.haldane.certs.ServingRequest;
import dev.haldane.certs.TrustBundle;
import dev.haldane.certs.Validity;
import dev.haldane.webhook.http.Endpoint.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpsServerTest {

    private final Validity day = Validity.from(Instant.now(), Duration.ofDays(1));
    private final CertificateAuthority authority = CertificateAuthority.create("test CA", day);
    private final TrustBundle trust = TrustBundle.of(authority.certificate());
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final HttpsServer server = new HttpsServer(
            new Listen("127.0.0.1", 0),
            Map.of(
                    "/length", body -> Answer.json(String.valueOf(body.length)),
                    "/broken",
                            body -> {
                                throw new IllegalStateException("a secret of ours");
                            },
                    "/slow", body -> slow()),
            newIdentity());

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_post_is_answered_over_tls() throws Exception {
        try (var client = Tls.client(trust)) {
            var answer = post(client, "/length", BodyPublishers.ofString("12345"));

            assertThat(answer.body()).isEqualTo("5");
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(answer.headers().map()).doesNotContainKey("server");
        }
    }

    @Test
    void other_paths_and_methods_are_not_there() throws Exception {
        try (var client = Tls.client(trust)) {
            assertThat(post(client, "/metrics", BodyPublishers.noBody()).statusCode())
                    .isEqualTo(404);
            assertThat(client.send(HttpRequest.newBuilder(uri("/length")).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void a_body_that_is_not_json_is_refused() throws Exception {
        try (var client = Tls.client(trust)) {
            var request = HttpRequest.newBuilder(uri("/length"))
                    .header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofString("1"))
                    .build();

            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(415);
        }
    }

    @Test
    void a_body_at_the_limit_is_read_and_one_beyond_is_refused_whether_its_length_is_told_or_not() throws Exception {
        var most = new byte[HttpsServer.LARGEST_BODY];
        var tooMuch = new byte[HttpsServer.LARGEST_BODY + 1];
        try (var client = Tls.client(trust)) {
            assertThat(post(client, "/length", BodyPublishers.ofByteArray(most)).body())
                    .isEqualTo(String.valueOf(most.length));
            assertThat(post(client, "/length", BodyPublishers.ofByteArray(tooMuch))
                            .statusCode())
                    .isEqualTo(413);
            assertThat(post(client, "/length", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooMuch)))
                            .statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void a_failure_of_ours_shows_a_number_and_no_more() throws Exception {
        try (var client = Tls.client(trust)) {
            var answer = post(client, "/broken", BodyPublishers.ofString("{}"));

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).matches("internal error [0-9a-f]{8}, see the server's log\n");
        }
    }

    @Test
    void a_new_certificate_is_served_to_new_connections_and_not_one_request_fails() throws Exception {
        var stop = new AtomicBoolean();
        var answered = new AtomicInteger();
        try (var keptAlive = Tls.client(trust);
                var load = Executors.newVirtualThreadPerTaskExecutor()) {
            var busy = load.submit(() -> {
                while (!stop.get()) {
                    try (var fresh = Tls.client(trust)) {
                        for (var client : List.of(keptAlive, fresh)) {
                            assertThat(post(client, "/length", BodyPublishers.ofString("1"))
                                            .body())
                                    .isEqualTo("1");
                            answered.incrementAndGet();
                        }
                        fresh.shutdownNow();
                    }
                }
                return true;
            });
            for (var round = 0; round < 10; round++) {
                var next = newIdentity();
                server.reload(next);
                assertThat(servedCertificate()).isEqualTo(next.certificate());
            }
            stop.set(true);
            assertThat(busy.get()).isTrue();
        }
        assertThat(answered).hasValueGreaterThan(1);
    }

    @Test
    void a_review_that_has_begun_is_answered_before_the_server_ends() throws Exception {
        try (var client = Tls.client(trust);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(() -> post(client, "/slow", BodyPublishers.ofString("{}")));
            begun.await();
            var address = uri("/length");
            server.drain();
            var closed = threads.submit(server::close);
            mayEnd.countDown();

            assertThat(answer.get().body()).isEqualTo("\"done\"");
            closed.get();
            assertThatThrownBy(() -> client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_draining_server_asks_its_clients_to_go() throws Exception {
        server.drain();
        try (var client = Tls.client(trust)) {
            assertThat(post(client, "/length", BodyPublishers.ofString("1"))
                            .headers()
                            .firstValue("Connection"))
                    .contains("close");
        }
    }

    private X509Certificate servedCertificate() throws Exception {
        try (var client = Tls.client(trust)) {
            var session = post(client, "/length", BodyPublishers.ofString("1"))
                    .sslSession()
                    .orElseThrow();
            client.shutdownNow();
            return (X509Certificate) session.getPeerCertificates()[0];
        }
    }

    private Answer slow() {
        begun.countDown();
        try {
            mayEnd.await();
        } catch (InterruptedException _) {
            return Answer.plain(500, "interrupted");
        }
        return Answer.json("\"done\"");
    }

    private Identity newIdentity() {
        return authority.sign(new ServingRequest(List.of("127.0.0.1"), day));
    }

    private URI uri(String path) {
        return URI.create("https://127.0.0.1:" + server.port() + path);
    }

    private HttpResponse<String> post(HttpClient client, String path, BodyPublisher body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(body)
                .build();
        return client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
