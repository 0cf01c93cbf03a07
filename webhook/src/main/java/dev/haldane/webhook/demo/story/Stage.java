package dev.haldane.webhook.demo.story;

import dev.haldane.webhook.demo.cluster.DemoCluster;
import dev.haldane.webhook.demo.git.EnvironmentRepository;
import dev.haldane.webhook.demo.git.GitServer;
import dev.haldane.webhook.demo.http.LoopbackServer;
import dev.haldane.webhook.demo.mesh.Behaviour;
import dev.haldane.webhook.demo.mesh.Mesh;
import dev.haldane.webhook.demo.prometheus.PrometheusServer;
import dev.haldane.webhook.serve.HaldaneServer;
import dev.haldane.webhook.serve.Settings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that the story is played on, started: mesh, Prometheus, Git server, environment repository, and the server that
/// users run. What was opened last is closed first.
///
/// On a cluster that ends with this process the server is not told to end: Ctrl-C reaches the cluster's processes too,
/// and the server would wait for an API server that does not answer any more to give its Lease back.
final class Stage implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Settings settings;
    final KubernetesClient client;
    final Mesh mesh;
    final PrometheusServer prometheus;
    final EnvironmentRepository repository;
    final SampleChart chart;

    /// @param folder     for its files
    /// @param behaviours how each version of the application answers
    private Stage(DemoCluster cluster, Path folder, Pace pace, Function<String, Behaviour> behaviours)
            throws IOException {
        try {
            client = opened(new KubernetesClientBuilder()
                    .withConfig(cluster.config("demo"))
                    .build());
            opened(Installation.of(client, !cluster.goesWithTheDemo()));
            mesh = opened(Mesh.start(new Mesh.Settings(Place.NAMESPACE, Place.GATEWAY, 0, behaviours), client));
            prometheus = opened(PrometheusServer.start(0, pace.scrape(), mesh::counters));
            var git = opened(GitServer.start(folder.resolve("environment.git"), "environment-production", 0));
            repository =
                    opened(EnvironmentRepository.create(git.uri(), folder.resolve("environment"), Place.APPLICATION));
            chart = SampleChart.unpack(folder.resolve(Place.APPLICATION));
            settings = settings(written(folder, pace, git));
            var server = new HaldaneServer(cluster.config("haldane"), settings, Duration.ZERO);
            if (!cluster.goesWithTheDemo()) {
                opened(server);
            }
            server.start();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    static Stage open(DemoCluster cluster, Path folder, Pace pace, Function<String, Behaviour> behaviours)
            throws IOException {
        return new Stage(cluster, folder, pace, behaviours);
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    Settings settings() {
        return settings;
    }

    /// As a user would write it; what is left out is as the article has it.
    private static Path written(Path folder, Pace pace, GitServer git) throws IOException {
        return Files.writeString(folder.resolve("haldane.yaml"), """
                apiVersion: haldane.dev/v1
                kind: RolloutDefaults
                namespaces: [%s]
                hosts: ["{app}.example.com"]
                gateways: [%s]
                analysis:
                  interval: %ds
                  metrics:
                  - {name: request-success-rate, thresholdRange: {min: 99}, interval: %ds}
                  - {name: request-duration, thresholdRange: {max: 500}, interval: %ds}
                git:
                  repositories:
                  - {namespace: %s, url: "%s"}
                """.formatted(
                        Place.NAMESPACE,
                        Place.GATEWAY,
                        pace.interval().toSeconds(),
                        pace.window().toSeconds(),
                        pace.window().toSeconds(),
                        Place.NAMESPACE,
                        git.uri()));
    }

    private Settings settings(Path configuration) throws IOException {
        int port = LoopbackServer.freePort();
        return Settings.parse(
                List.of(
                        "--webhook-url=https://127.0.0.1:" + port,
                        "--listen=127.0.0.1:" + port,
                        "--http-listen=127.0.0.1:0",
                        "--metrics-server=" + prometheus.uri(),
                        "--namespace=" + Place.OWN_NAMESPACE,
                        "--outbound-hosts=127.0.0.1",
                        "--config=" + configuration),
                Map.of());
    }

    @Override
    public void close() {
        for (var part = open.poll(); part != null; part = open.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not close", part, e);
            }
        }
    }
}
