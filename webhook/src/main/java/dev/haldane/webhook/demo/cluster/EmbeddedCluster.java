package dev.haldane.webhook.demo.cluster;

import dev.haldane.webhook.demo.apiserver.ApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;

/// The embedded API server with its controllers.
public final class EmbeddedCluster implements AutoCloseable {

    private static final String CONTROLLERS = "system:kube-controller-manager";

    private final ApiServer server;
    private final KubernetesClient client;
    private final DeploymentController deployments;
    private final Kubelet kubelet;

    private EmbeddedCluster(ApiServer server, Duration startUp) {
        this.server = server;
        client = new KubernetesClientBuilder().withConfig(config(CONTROLLERS)).build();
        deployments = DeploymentController.start(client);
        kubelet = Kubelet.start(client, startUp);
    }

    /// @param port    of the API server, 0 for any that is free
    /// @param startUp how long a pod takes to become ready
    public static EmbeddedCluster start(int port, Duration startUp) throws IOException {
        return new EmbeddedCluster(ApiServer.start(port), startUp);
    }

    /// How to reach it as a user; the server believes any name.
    public Config config(String user) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(server.uri().toString())
                .withOauthToken(user)
                .build();
    }

    /// The same as a file for `KUBECONFIG`.
    public String kubeconfig(String user) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: demo, cluster: {server: "%s"}}]
                users: [{name: demo, user: {token: "%s"}}]
                contexts: [{name: demo, context: {cluster: demo, user: demo}}]
                current-context: demo
                """.formatted(server.uri(), user);
    }

    public ApiServer.Reviews reviews() {
        return server.reviews();
    }

    @Override
    public void close() {
        kubelet.close();
        deployments.close();
        client.close();
        server.close();
    }
}
