package dev.haldane.webhook.demo.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.haldane.postrender.config.UserError;
import dev.haldane.webhook.demo.http.LoopbackServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/// A real etcd and kube-apiserver on loopback, from the folder that `KUBEBUILDER_ASSETS` names
/// ([envtest](https://book.kubebuilder.io/reference/envtest)), with the demo's own controllers.
public final class AssetsCluster implements DemoCluster {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path assets;
    private final Path folder;
    private final int port = LoopbackServer.freePort();
    private final String token = UUID.randomUUID().toString();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final String version;

    private AssetsCluster(Path assets, Path folder, Duration startUp) throws IOException {
        this.assets = assets;
        this.folder = Files.createDirectories(folder.resolve("control-plane"));
        try {
            version = start();
            open.push(Controllers.start(config(Controllers.USER), startUp));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /// @param assets  has `etcd` and `kube-apiserver`
    /// @param folder  for data and logs
    /// @param startUp how long a pod takes to become ready
    /// @throws UserError   if a program is missing
    /// @throws IOException if one does not start
    public static AssetsCluster start(Path assets, Path folder, Duration startUp) throws IOException {
        for (var program : List.of("etcd", "kube-apiserver")) {
            if (!Files.isExecutable(assets.resolve(program))) {
                throw UserError.usage(
                        "KUBEBUILDER_ASSETS: there is no " + program + " in " + assets,
                        "`setup-envtest use -p path` prints a folder that has it");
            }
        }
        return new AssetsCluster(assets, folder, startUp);
    }

    private String start() throws IOException {
        var etcd = "http://127.0.0.1:" + LoopbackServer.freePort();
        started(
                "etcd",
                "--data-dir=" + folder.resolve("etcd"),
                "--unsafe-no-fsync",
                "--listen-client-urls=" + etcd,
                "--advertise-client-urls=" + etcd,
                "--listen-peer-urls=http://127.0.0.1:0");
        writeServiceAccountKeys();
        Files.writeString(folder.resolve("tokens.csv"), token + ",demo,demo,\"system:masters\"\n");
        var server = started(
                "kube-apiserver",
                "--etcd-servers=" + etcd,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--endpoint-reconciler-type=none",
                "--service-cluster-ip-range=127.97.0.0/16",
                "--cert-dir=" + folder.resolve("pki"),
                "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--authorization-mode=RBAC",
                // Nobody makes ServiceAccounts here, and without one no pod would be admitted.
                "--disable-admission-plugins=ServiceAccount",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + folder.resolve("sa.pub"),
                "--service-account-signing-key-file=" + folder.resolve("sa.key"));
        server.await(PATIENCE, () -> Files.exists(certificate()));
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config("demo")).build()) {
            server.await(PATIENCE, () -> isReady(client));
            return client.getKubernetesVersion().getGitVersion();
        }
    }

    private ServerProcess started(String program, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(assets.resolve(program).toString()));
        command.addAll(List.of(arguments));
        var process = ServerProcess.start(command, folder);
        open.push(process);
        return process;
    }

    private static boolean isReady(KubernetesClient client) {
        try {
            return "ok".equals(client.raw("/readyz"));
        } catch (KubernetesClientException _) {
            return false;
        }
    }

    private void writeServiceAccountKeys() throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var keys = generator.generateKeyPair();
            writePem("sa.key", "PRIVATE KEY", keys.getPrivate().getEncoded());
            writePem("sa.pub", "PUBLIC KEY", keys.getPublic().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private void writePem(String file, String kind, byte[] content) throws IOException {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
        Files.writeString(
                folder.resolve(file), "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
    }

    /// The API server makes it for itself.
    private Path certificate() {
        return folder.resolve("pki/apiserver.crt");
    }

    @Override
    public Config config(String user) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:" + port)
                .withCaCertFile(certificate().toString())
                .withOauthToken(token)
                .build();
    }

    @Override
    public String description() {
        return "real kube-apiserver " + version;
    }

    @Override
    public boolean goesWithTheDemo() {
        return true;
    }

    @Override
    public void close() {
        for (var part = open.poll(); part != null; part = open.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException(part + " did not close", e);
            }
        }
    }
}
