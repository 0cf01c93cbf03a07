package dev.haldane.webhook.demo.cluster;

import dev.haldane.postrender.config.UserError;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An API server that somebody else runs. Where it has no node, the demo's own controllers make the pods; where it
/// has, the nodes must be pretended ones, because the sample application has no image that a real one could run.
public final class GivenCluster implements DemoCluster {

    /// What [kwok](https://kwok.sigs.k8s.io/docs/user/kwok-manage-nodes-and-pods/) asks a node to carry, or shows.
    private static final String PRETENDED = "kwok.x-k8s.io/node";

    private final Config config;
    private final String version;
    private final Optional<Controllers> controllers;

    private GivenCluster(Config config, String version, Optional<Controllers> controllers) {
        this.config = config;
        this.version = version;
        this.controllers = controllers;
    }

    /// @param startUp how long a pod takes to become ready
    /// @throws UserError if the cluster cannot be reached, runs Haldane already, or has real nodes
    public static GivenCluster of(Path kubeconfig, Duration startUp) {
        var config = Config.fromKubeconfig(kubeconfig.toFile());
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            refuseIfTaken(client);
            List<Node> nodes = client.nodes().list().getItems();
            refuseRealNodes(nodes);
            return new GivenCluster(
                    config,
                    client.getKubernetesVersion().getGitVersion(),
                    nodes.isEmpty() ? Optional.of(Controllers.start(config, startUp)) : Optional.empty());
        } catch (KubernetesClientException e) {
            throw UserError.usage(
                    "--kubeconfig: " + config.getMasterUrl() + " does not answer as it should: " + e.getMessage(),
                    "the demo needs an administrator's access");
        }
    }

    private static void refuseIfTaken(KubernetesClient client) {
        if (client.admissionRegistration()
                        .v1()
                        .mutatingWebhookConfigurations()
                        .withName("haldane")
                        .get()
                != null) {
            throw UserError.usage(
                    "Haldane is installed in this cluster; a second server would get in its way",
                    "take a cluster without it");
        }
    }

    private static void refuseRealNodes(List<Node> nodes) {
        nodes.stream().filter(node -> !isPretended(node)).findFirst().ifPresent(node -> {
            throw UserError.usage(
                    "node " + node.getMetadata().getName()
                            + " looks real, and there is no image of croc-hunter that it could run",
                    "take a control plane without nodes, or with nodes of kwok (annotation " + PRETENDED + ")");
        });
    }

    private static boolean isPretended(Node node) {
        var annotations = node.getMetadata().getAnnotations();
        var labels = node.getMetadata().getLabels();
        return annotations.containsKey(PRETENDED)
                || "kwok".equals(labels.get("type"))
                || (node.getStatus() != null
                        && node.getStatus().getNodeInfo() != null
                        && node.getStatus().getNodeInfo().getKubeletVersion().contains("kwok"));
    }

    @Override
    public Config config(String user) {
        return config;
    }

    @Override
    public String description() {
        return "real API server " + config.getMasterUrl() + " " + version;
    }

    @Override
    public boolean goesWithTheDemo() {
        return false;
    }

    @Override
    public void close() {
        controllers.ifPresent(Controllers::close);
    }
}
