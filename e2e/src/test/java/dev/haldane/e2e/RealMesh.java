package dev.haldane.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Istio on loopback: istiod beside the API server, one Envoy as the gateway `istio-system/gw`, and Prometheus with
/// Istio's names for what that Envoy counts. VirtualServices act on real requests; a Service's endpoints are the
/// WorkloadEntries with the labels of its selector. Where a part is missing, the test is skipped.
public final class RealMesh implements AutoCloseable {

    private final Path folder;
    private final int gateway = Ports.free();
    private final int gatewayAdmin = Ports.free();
    private final int istiodGrpc = Ports.free();
    private final int istiodHttp = Ports.free();
    private final int prometheusPort = Ports.free();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Daemon istiod;
    private final Daemon envoy;
    private final Daemon prometheus;

    private RealMesh(RealCluster cluster, Path folder) throws IOException {
        this.folder = folder;
        this.istiod = new Daemon("istiod", folder, istiodCommand(cluster), istiodEnvironment());
        this.envoy = new Daemon(
                "envoy",
                folder,
                List.of(
                        RealParts.programOrSkip("envoy").toString(),
                        "-c",
                        written("envoy.yaml").toString(),
                        "--disable-hot-restart",
                        "--concurrency",
                        "1"),
                Map.of());
        this.prometheus = new Daemon(
                "prometheus",
                folder,
                List.of(
                        RealParts.programOrSkip("prometheus").toString(),
                        "--config.file=" + written("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("prometheus-data"),
                        "--web.listen-address=127.0.0.1:" + prometheusPort),
                Map.of());
        cluster.kubectl("apply", "--server-side", "-f", written("objects.yaml").toString())
                .orThrow();
    }

    /// One for this cluster. To be started before the Services that it should carry.
    public static RealMesh start(RealCluster cluster) {
        List.of("istiod", "envoy", "prometheus").forEach(RealParts::programOrSkip);
        try {
            var mesh =
                    new RealMesh(cluster, Files.createDirectory(cluster.folder().resolve("mesh")));
            mesh.prometheus.start();
            mesh.istiod.start().awaitReady(Duration.ofSeconds(60), () -> mesh.status(mesh.istiodHttp, "/ready") == 200);
            mesh.envoy.start().awaitReady(Duration.ofSeconds(60), mesh::letsThrough);
            mesh.awaitPrometheus();
            return mesh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where requests come in; the host says to which VirtualService.
    public URI gateway() {
        return URI.create("http://127.0.0.1:" + gateway);
    }

    public URI prometheus() {
        return URI.create("http://127.0.0.1:" + prometheusPort);
    }

    public void stopPrometheus() {
        prometheus.stop();
    }

    public void startPrometheus() {
        prometheus.start();
        awaitPrometheus();
    }

    private void awaitPrometheus() {
        prometheus.awaitReady(Duration.ofSeconds(60), this::isGatewayMeasured);
    }

    /// Prometheus says that it is ready up to five seconds before it looks at its first target.
    private boolean isGatewayMeasured() throws IOException, InterruptedException {
        var query = URI.create(prometheus() + "/api/v1/query?query=up");
        var request =
                HttpRequest.newBuilder(query).timeout(Duration.ofSeconds(2)).build();
        return http.send(request, BodyHandlers.ofString()).body().contains("\"1\"]");
    }

    private boolean letsThrough() {
        return Visit.to(gateway(), "ready.invalid").status() == 204;
    }

    private int status(int port, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(2))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private List<String> istiodCommand(RealCluster cluster) throws IOException {
        return List.of(
                RealParts.programOrSkip("istiod").toString(),
                "discovery",
                "--kubeconfig=" + cluster.kubeconfig(),
                "--meshConfig=" + written("settings.yaml"),
                "--grpcAddr=127.0.0.1:" + istiodGrpc,
                "--httpAddr=127.0.0.1:" + istiodHttp,
                "--monitoringAddr=127.0.0.1:" + Ports.free(),
                "--httpsAddr=",
                "--secureGRPCAddr=",
                "--ctrlz_port=0",
                "--shutdownDuration=1s");
    }

    /// No certificates, no injection, no validation: only routing.
    private static Map<String, String> istiodEnvironment() {
        var environment = new HashMap<String, String>();
        environment.put("POD_NAME", "istiod-0");
        environment.put("POD_NAMESPACE", "istio-system");
        environment.put("PILOT_CERT_PROVIDER", "none");
        environment.put("ENABLE_CA_SERVER", "false");
        environment.put("INJECTION_WEBHOOK_CONFIG_NAME", "");
        environment.put("VALIDATION_WEBHOOK_CONFIG_NAME", "");
        environment.put("PILOT_ENABLE_GATEWAY_API", "false");
        environment.put("PILOT_ENABLE_METADATA_EXCHANGE", "false");
        environment.put("PILOT_ENABLE_ALPN_FILTER", "false");
        return environment;
    }

    /// A file of `src/test/resources/mesh` with the ports of this mesh in it.
    private Path written(String name) throws IOException {
        var text = Files.readString(RealParts.checkout("e2e/src/test/resources/mesh/" + name))
                .replace("$ADMIN", String.valueOf(gatewayAdmin))
                .replace("$GATEWAY", String.valueOf(gateway))
                .replace("$ISTIOD", String.valueOf(istiodGrpc));
        return Files.writeString(folder.resolve(name), text);
    }

    @Override
    public void close() {
        http.close();
        List.of(prometheus, envoy, istiod).forEach(Daemon::kill);
    }
}
