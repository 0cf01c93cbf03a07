package dev.haldane.e2e;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// A real control plane on loopback: kube-apiserver, etcd, controllers, and pods that are pretended. It has the CRDs
/// of Haldane and Istio, and ends with this JVM at the latest. Where the parts are missing, the test is skipped.
public final class RealCluster implements AutoCloseable {

    private static @Nullable RealCluster shared;

    private final Path script;
    private final Path directory;
    private final Path assets;
    private final KubernetesClient client;

    private RealCluster(Path script, Path directory, Path assets) {
        this.script = script;
        this.directory = directory;
        this.assets = assets;
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig().toFile()))
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
    ///
    /// @param options of `control-plane start`, such as `--without-kwok`
    public static RealCluster start(String... options) {
        var script = RealParts.shared("kube/control-plane");
        if (script.isEmpty()) {
            return Assumptions.abort("skipped: no control plane, ../shared/kube is missing beside the checkout");
        }
        var assets = assets(script.get());
        var cluster = new RealCluster(script.get(), launched(script.get(), assets, List.of(options)), assets);
        cluster.kubectl(
                        "apply",
                        "--server-side",
                        "-f",
                        RealParts.checkout("charts/haldane/crds").toString())
                .orThrow();
        cluster.kubectl(
                        "apply",
                        "--server-side",
                        "-f",
                        script.get().resolveSibling("crds/istio.yaml").toString())
                .orThrow();
        cluster.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=30s")
                .orThrow();
        return cluster;
    }

    private static Path assets(Path script) {
        var given = System.getenv("KUBEBUILDER_ASSETS");
        if (given != null) {
            return Path.of(given);
        }
        var unpack = script.resolveSibling("unpack").toString();
        return Path.of(Program.run(List.of(unpack), Map.of(), "").orThrow().strip());
    }

    private static Path launched(Path script, Path assets, List<String> options) {
        try {
            var directory = Files.createTempDirectory("haldane-e2e");
            var command = new ArrayList<>(List.of(script.toString(), "start", "--dir", directory.toString()));
            command.addAll(
                    List.of("--owner", String.valueOf(ProcessHandle.current().pid())));
            command.addAll(options);
            Program.run(command, Map.of("KUBEBUILDER_ASSETS", assets.toString()), "")
                    .orThrow();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path kubeconfig() {
        return directory.resolve("kubeconfig");
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
        var command = new ArrayList<>(List.of(assets.resolve("kubectl").toString()));
        command.addAll(List.of(arguments));
        return Program.run(command, environment(), input);
    }

    /// What programs need to find this cluster, helm among them.
    public Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        environment.put("KUBECONFIG", kubeconfig().toString());
        environment.put("KUBECACHEDIR", directory.resolve("kubectl-cache").toString());
        return environment;
    }

    @Override
    public void close() {
        client.close();
        Program.run(List.of(script.toString(), "stop", "--dir", directory.toString()), Map.of(), "");
        Folders.delete(directory);
    }
}
