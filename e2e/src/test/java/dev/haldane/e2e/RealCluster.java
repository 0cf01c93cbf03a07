package dev.haldane.e2e;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A real control plane on loopback with the CRDs of Haldane and Istio. It ends with this JVM at the latest. Where the
/// parts are missing, the test is skipped.
public final class RealCluster implements AutoCloseable {

    private static @Nullable RealCluster shared;

    private final Path folder;
    private final ControlPlane plane;
    private final KubernetesClient client;

    private RealCluster(Path folder, ControlPlane plane) {
        this.folder = folder;
        this.plane = plane;
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(plane.kubeconfig().toFile()))
                .build();
    }

    /// The one that all tests of this JVM use, each in namespaces of its own.
    public static synchronized RealCluster shared() {
        var cluster = shared;
        if (cluster == null) {
            cluster = start();
            var started = cluster;
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            shared = cluster;
        }
        return cluster;
    }

    /// One for a test that stops or bends it. The caller closes it.
    public static RealCluster start() {
        var istio = RealParts.fileOrSkip("istio-crds.yaml");
        try {
            var folder = Files.createTempDirectory("haldane-e2e");
            var cluster = new RealCluster(folder, ControlPlane.start(folder));
            var ours = RealParts.checkout("charts/haldane/crds").toString();
            cluster.kubectl("apply", "--server-side", "-f", ours, "-f", istio.toString())
                    .orThrow();
            cluster.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=30s")
                    .orThrow();
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the API server as `kill -9` does, and starts it again some time later; etcd keeps its data.
    public void restartApiServer(Duration away) throws InterruptedException {
        plane.killApiServer();
        Thread.sleep(away);
        plane.restartApiServer();
    }

    public Path kubeconfig() {
        return plane.kubeconfig();
    }

    /// Of the user `haldane`, who has no rights until somebody binds a role to that name.
    public Path haldaneKubeconfig() {
        return plane.haldaneKubeconfig();
    }

    /// A client of the administrator.
    public KubernetesClient client() {
        return client;
    }

    /// Makes a namespace that no other test uses.
    public String namespace(String prefix) {
        var namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withGenerateName(prefix + "-")
                .endMetadata()
                .build();
        return client.resource(namespace).create().getMetadata().getName();
    }

    public Program kubectl(String... arguments) {
        return kubectlWith("", arguments);
    }

    /// @param input what `-f -` reads
    public Program kubectlWith(String input, String... arguments) {
        return plane.kubectl(input, arguments);
    }

    /// What programs need to find this cluster, helm among them.
    public Map<String, String> environment() {
        return plane.environment();
    }

    /// Where its parts keep their logs.
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        client.close();
        plane.close();
        Folders.delete(folder);
    }
}
