package dev.haldane.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// etcd, kube-apiserver, kube-controller-manager, kube-scheduler, and kwok in the place of the kubelets: all on
/// loopback, none with a container. People and components log in with tokens, the API server makes its own
/// certificate, and only the key of the service accounts is made here.
final class ControlPlane implements AutoCloseable {

    private static final List<String> PARTS =
            List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok", "kubectl");

    private final Path folder;
    private final String etcdAddress = "http://127.0.0.1:" + Ports.free();
    private final int port = Ports.free();
    private final String adminToken = UUID.randomUUID().toString();
    private final String controllersToken = UUID.randomUUID().toString();
    private final String schedulerToken = UUID.randomUUID().toString();
    private final String haldaneToken = UUID.randomUUID().toString();
    private final List<Daemon> started = new ArrayList<>();
    private final Daemon apiServer;

    private ControlPlane(Path folder) throws IOException, GeneralSecurityException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("pki"));
        writeServiceAccountKeys();
        writeTokens();
        launch(
                "etcd",
                List.of(
                        "--data-dir=" + folder.resolve("etcd-data"),
                        "--unsafe-no-fsync",
                        "--log-level=warn",
                        "--listen-client-urls=" + etcdAddress,
                        "--advertise-client-urls=" + etcdAddress,
                        "--listen-peer-urls=http://127.0.0.1:0"));
        this.apiServer = launch("kube-apiserver", apiServerArguments());
    }

    /// Starts all of it in this folder and waits until a node takes pods. Skips the test if a part is missing.
    static ControlPlane start(Path folder) {
        PARTS.forEach(RealParts::programOrSkip);
        try {
            var plane = new ControlPlane(folder);
            try {
                plane.bringUp();
                return plane;
            } catch (IllegalStateException e) {
                plane.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void bringUp() throws IOException {
        var certificate = folder.resolve("pki/apiserver.crt");
        apiServer.awaitReady(Duration.ofSeconds(90), () -> Files.exists(certificate));
        writeKubeconfig("kubeconfig", adminToken);
        writeKubeconfig("controllers.kubeconfig", controllersToken);
        writeKubeconfig("scheduler.kubeconfig", schedulerToken);
        writeKubeconfig("haldane.kubeconfig", haldaneToken);
        awaitApiServer();
        launch(
                "kube-controller-manager",
                List.of(
                        "--kubeconfig=" + folder.resolve("controllers.kubeconfig"),
                        "--leader-elect=false",
                        "--secure-port=0",
                        "--use-service-account-credentials",
                        "--service-account-private-key-file=" + folder.resolve("pki/sa.key"),
                        "--root-ca-file=" + certificate,
                        "--kube-api-qps=200",
                        "--kube-api-burst=400"));
        launch(
                "kube-scheduler",
                List.of(
                        "--kubeconfig=" + folder.resolve("scheduler.kubeconfig"),
                        "--leader-elect=false",
                        "--secure-port=0",
                        "--kube-api-qps=200",
                        "--kube-api-burst=400"));
        var kubelets = launch(
                "kwok",
                List.of(
                        "--kubeconfig=" + kubeconfig(),
                        "--config=" + RealParts.checkout("e2e/src/test/resources/kubelets.yaml"),
                        "--manage-all-nodes=true",
                        "--node-lease-duration-seconds=40",
                        "--node-ip=127.0.0.1",
                        "--cidr=198.18.0.1/15"));
        kubectl("""
                {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "node-0", "labels": {
                  "kubernetes.io/hostname": "node-0", "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64"}}}
                """, "create", "-f", "-").orThrow();
        kubelets.awaitReady(Duration.ofSeconds(60), this::nodeTakesPods);
    }

    private boolean nodeTakesPods() {
        var state = kubectl(
                "",
                "get",
                "node/node-0",
                "serviceaccount/default",
                "-o",
                "jsonpath={.items[0].status.conditions[?(@.type==\"Ready\")].status}{.items[0].spec.taints}");
        return state.status() == 0 && state.out().equals("True");
    }

    private void awaitApiServer() {
        apiServer.awaitReady(
                Duration.ofSeconds(90),
                () -> kubectl("", "get", "--raw", "/readyz").out().equals("ok"));
    }

    /// Ends the API server as `kill -9` does. etcd keeps its data.
    void killApiServer() {
        apiServer.kill();
    }

    /// Starts it again on the same port, with the same certificate, and waits until it is ready.
    void restartApiServer() {
        apiServer.start();
        awaitApiServer();
    }

    private List<String> apiServerArguments() {
        return List.of(
                "--etcd-servers=" + etcdAddress,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--endpoint-reconciler-type=none",
                "--service-cluster-ip-range=127.97.0.0/16",
                "--cert-dir=" + folder.resolve("pki"),
                "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--authorization-mode=Node,RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + folder.resolve("pki/sa.pub"),
                "--service-account-signing-key-file=" + folder.resolve("pki/sa.key"),
                "--allow-privileged=true");
    }

    private Daemon launch(String program, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(RealParts.programOrSkip(program).toString());
        command.addAll(arguments);
        var daemon = new Daemon(program, folder, command, Map.of()).start();
        started.add(daemon);
        return daemon;
    }

    private void writeServiceAccountKeys() throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var keys = generator.generateKeyPair();
        writePem("pki/sa.key", "PRIVATE KEY", keys.getPrivate().getEncoded());
        writePem("pki/sa.pub", "PUBLIC KEY", keys.getPublic().getEncoded());
    }

    private void writePem(String file, String kind, byte[] content) throws IOException {
        Files.writeString(
                folder.resolve(file),
                "-----BEGIN " + kind + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                        + "\n-----END " + kind + "-----\n");
    }

    /// [Static tokens](https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file).
    private void writeTokens() throws IOException {
        Files.writeString(folder.resolve("tokens.csv"), """
                %s,admin,admin,"system:masters"
                %s,system:kube-controller-manager,controllers
                %s,system:kube-scheduler,scheduler
                %s,haldane,haldane
                """.formatted(
                        adminToken, controllersToken, schedulerToken, haldaneToken));
    }

    private void writeKubeconfig(String file, String token) throws IOException {
        var authority = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("pki/apiserver.crt")));
        Files.writeString(folder.resolve(file), """
                apiVersion: v1
                kind: Config
                current-context: e2e
                clusters:
                - {name: e2e, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}
                users:
                - {name: e2e, user: {token: %s}}
                contexts:
                - {name: e2e, context: {cluster: e2e, user: e2e, namespace: default}}
                """.formatted(port, authority, token));
    }

    Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    /// Of the user `haldane`, who has no rights until somebody binds a role to that name.
    Path haldaneKubeconfig() {
        return folder.resolve("haldane.kubeconfig");
    }

    Program kubectl(String input, String... arguments) {
        var command = new ArrayList<String>();
        command.add(RealParts.programOrSkip("kubectl").toString());
        command.add("--request-timeout=10s");
        command.addAll(List.of(arguments));
        return Program.run(command, environment(), input);
    }

    /// What programs need to find this cluster, helm among them.
    Map<String, String> environment() {
        return Map.of(
                "KUBECONFIG", kubeconfig().toString(),
                "KUBECACHEDIR", folder.resolve("kubectl-cache").toString());
    }

    @Override
    public void close() {
        started.reversed().forEach(Daemon::kill);
    }
}
