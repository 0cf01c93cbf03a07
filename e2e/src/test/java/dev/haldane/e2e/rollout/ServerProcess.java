package dev.haldane.e2e.rollout;

import dev.haldane.e2e.Daemon;
import dev.haldane.e2e.Ports;
import dev.haldane.e2e.RealParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/// `haldane serve` as the launcher starts it: a process that can be killed, logged in as a user with our roles only.
final class ServerProcess implements AutoCloseable {

    private final Stage stage;
    private final int httpPort = Ports.free();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Daemon daemon;

    private ServerProcess(Stage stage, Path folder) {
        this.stage = stage;
        int reviewPort = Ports.free();
        this.daemon = new Daemon(
                "haldane",
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        jar().toString(),
                        "dev.haldane.webhook.Main",
                        "serve",
                        "--kubeconfig=" + stage.cluster().haldaneKubeconfig(),
                        "--webhook-url=https://127.0.0.1:" + reviewPort,
                        "--listen=127.0.0.1:" + reviewPort,
                        "--http-listen=127.0.0.1:" + httpPort,
                        "--metrics-server=" + stage.mesh().prometheus(),
                        "--namespace=" + Stage.OWN_NAMESPACE,
                        "--outbound-hosts=127.0.0.1",
                        "--config=" + folder.resolve("haldane.yaml")),
                Map.of());
    }

    /// What the build has packaged. Without it the test is skipped and says so.
    static Path jar() {
        var jar = RealParts.checkout("webhook/target/haldane-webhook.jar");
        return Files.exists(jar) ? jar : Assumptions.abort("SKIPPED: no " + jar + ": ./mvnw package makes it");
    }

    /// @param folder        where it keeps its log and its configuration
    /// @param configuration further lines of `haldane.yaml`
    static ServerProcess start(Stage stage, Path folder, String configuration) {
        try {
            Files.writeString(
                    folder.resolve("haldane.yaml"),
                    "apiVersion: haldane.dev/v1\nkind: RolloutDefaults\n" + configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var server = new ServerProcess(stage, folder);
        server.startAgain();
        return server;
    }

    /// Another process with the same options.
    void startAgain() {
        daemon.start().awaitReady(Duration.ofSeconds(60), this::isReady);
    }

    private boolean isReady() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/readyz"))
                .timeout(Duration.ofSeconds(2))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    }

    /// As `kill -9` does: nothing is given up, nothing is said.
    void kill() {
        daemon.kill();
    }

    /// `kill -9`, and another process at once. It need not wait for the dead one's lease: that it does otherwise has a
    /// test of its own, and takes 15 s each time.
    void killAndReplace() {
        kill();
        stage.cluster()
                .kubectl("delete", "lease", "--all", "-n", Stage.OWN_NAMESPACE)
                .orThrow();
        startAgain();
    }

    String log() {
        try {
            return Files.readString(daemon.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        daemon.stop();
        http.close();
    }
}
