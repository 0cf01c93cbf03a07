package dev.haldane.e2e.install;

import dev.haldane.e2e.Daemon;
import dev.haldane.e2e.Ports;
import dev.haldane.e2e.RealCluster;
import dev.haldane.e2e.RealParts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/// The process that a kubelet would start for the Deployment of the chart: its arguments, its environment, its
/// configuration, with the rights of its ServiceAccount. Only addresses differ, since there is no network of a cluster.
final class InstalledServer implements AutoCloseable {

    private final RealCluster cluster;
    private final String namespace;
    private final int httpPort = Ports.free();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Daemon daemon;

    private InstalledServer(RealCluster cluster, String namespace, Path folder) throws IOException {
        this.cluster = cluster;
        this.namespace = namespace;
        var jar = RealParts.checkout("webhook/target/haldane-webhook.jar");
        Assumptions.assumeTrue(Files.exists(jar), "SKIPPED: no " + jar + ": ./mvnw package makes it");
        int reviews = Ports.free();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                jar.toString(),
                "dev.haldane.webhook.Main"));
        command.addAll(List.of(container("args[*]").split(" ", -1)));
        command.addAll(List.of(
                "--kubeconfig=" + kubeconfig(folder),
                "--webhook-url=https://127.0.0.1:" + reviews,
                "--listen=127.0.0.1:" + reviews,
                "--http-listen=127.0.0.1:" + httpPort));
        daemon = new Daemon("haldane", folder, command, environment(folder));
    }

    /// Returns when it is ready.
    static InstalledServer start(RealCluster cluster, String namespace, Path folder) throws IOException {
        var server = new InstalledServer(cluster, namespace, folder);
        server.daemon.start().awaitReady(Duration.ofSeconds(60), server::isReady);
        return server;
    }

    /// What a kubelet makes of `env`.
    private Map<String, String> environment(Path folder) throws IOException {
        var variables = new HashMap<String, String>();
        for (var name : container("env[*].name").split(" ", -1)) {
            var value = container("env[?(@.name==\"" + name + "\")].value");
            var field = container("env[?(@.name==\"" + name + "\")].valueFrom.fieldRef.fieldPath");
            variables.put(name, field.equals("metadata.namespace") ? namespace : value);
        }
        var mounted = Path.of(container("volumeMounts[?(@.name==\"config\")].mountPath"));
        var file = Path.of(variables.getOrDefault("HALDANE_CONFIG", ""));
        var key = mounted.relativize(file).toString();
        var content = get("configmap/haldane", ".data." + key.replace(".", "\\."));
        var copy = Files.writeString(folder.resolve(key), content);
        variables.put("HALDANE_CONFIG", copy.toString());
        return variables;
    }

    private String container(String path) {
        return get("deployment/haldane", ".spec.template.spec.containers[0]." + path);
    }

    private String get(String object, String path) {
        return cluster.kubectl("get", object, "--namespace", namespace, "--output", "jsonpath={" + path + "}")
                .orThrow();
    }

    private Path kubeconfig(Path folder) throws IOException {
        var account = get("deployment/haldane", ".spec.template.spec.serviceAccountName");
        var token = cluster.kubectl("create", "token", account, "--namespace", namespace)
                .orThrow()
                .strip();
        var admin = Files.readString(cluster.kubeconfig());
        return Files.writeString(
                folder.resolve("account.kubeconfig"), admin.replaceAll("token: [^}]*", "token: " + token));
    }

    private boolean isReady() throws IOException, InterruptedException {
        var path = get("deployment/haldane", ".spec.template.spec.containers[0].readinessProbe.httpGet.path");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                .timeout(Duration.ofSeconds(2))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    }

    String log() throws IOException {
        return Files.readString(daemon.log());
    }

    @Override
    public void close() {
        daemon.stop();
        http.close();
    }
}
