package dev.haldane.webhook.demo.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;

/// What a cluster has beside its API server: here for Deployments and pods only.
final class Controllers implements AutoCloseable {

    static final String USER = "system:kube-controller-manager";

    private final KubernetesClient client;
    private final DeploymentController deployments;
    private final Kubelet kubelet;

    private Controllers(KubernetesClient client, Duration startUp) {
        this.client = client;
        deployments = DeploymentController.start(client);
        kubelet = Kubelet.start(client, startUp);
    }

    /// @param startUp how long a pod takes to become ready
    static Controllers start(Config config, Duration startUp) {
        return new Controllers(new KubernetesClientBuilder().withConfig(config).build(), startUp);
    }

    @Override
    public void close() {
        kubelet.close();
        deployments.close();
        client.close();
    }
}
