package dev.haldane.webhook.demo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedClusterTest {

    private EmbeddedCluster cluster;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        cluster = EmbeddedCluster.start(0, Duration.ofMillis(300));
        client = new KubernetesClientBuilder()
                .withConfig(cluster.config("tester"))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void a_deployment_becomes_available_after_its_pods_have_started() {
        deployments().create();

        await().until(() -> !pods().isEmpty());
        assertThat(pods()).noneMatch(Kubelet::isReady);
        awaitReady(2);
        Deployment now = deployment().get();
        assertThat(now.getStatus().getUpdatedReplicas()).isEqualTo(2);
        assertThat(now.getStatus().getObservedGeneration())
                .isEqualTo(now.getMetadata().getGeneration());
        assertThat(now.getStatus().getConditions())
                .anyMatch(condition -> condition.getType().equals("Available")
                        && condition.getStatus().equals("True"));
    }

    @Test
    void old_pods_stay_until_the_new_ones_are_ready() {
        deployments().create();
        awaitReady(2);

        deployment()
                .edit(now -> new DeploymentBuilder(now)
                        .editSpec()
                        .editTemplate()
                        .editSpec()
                        .editFirstContainer()
                        .withImage("croc:2")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());

        await().until(() -> pods().size() == 4);
        assertThat(pods().stream().filter(Kubelet::isReady)).hasSizeGreaterThanOrEqualTo(2);
        await().untilAsserted(() -> assertThat(pods())
                .hasSize(2)
                .allMatch(Kubelet::isReady)
                .allMatch(pod ->
                        pod.getSpec().getContainers().getFirst().getImage().equals("croc:2")));
        awaitReady(2);
    }

    @Test
    void scaled_to_zero_it_has_no_pods_and_scaled_up_it_has_them_again() {
        deployments().create();
        awaitReady(2);

        deployment().scale(0);
        await().until(() -> pods().isEmpty() && deployment().get().getStatus().getReplicas() == 0);

        deployment().scale(1);
        awaitReady(1);
    }

    @Test
    void what_a_deployment_owns_goes_with_it() {
        deployments().create();
        awaitReady(2);

        deployment().delete();

        await().until(() -> pods().isEmpty());
        assertThat(client.apps().replicaSets().inNamespace("default").list().getItems())
                .isEmpty();
    }

    private void awaitReady(int pods) {
        await().untilAsserted(() -> assertThat(deployment().get().getStatus())
                .extracting(status -> status.getReadyReplicas(), status -> status.getReplicas())
                .containsExactly(pods, pods));
    }

    private List<Pod> pods() {
        return client.pods()
                .inNamespace("default")
                .withLabel("app", "croc")
                .list()
                .getItems();
    }

    private RollableScalableResource<Deployment> deployment() {
        return client.apps().deployments().inNamespace("default").withName("croc");
    }

    private RollableScalableResource<Deployment> deployments() {
        return client.apps()
                .deployments()
                .inNamespace("default")
                .resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName("croc")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(2)
                        .withNewSelector()
                        .addToMatchLabels("app", "croc")
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", "croc")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("croc")
                        .withImage("croc:1")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());
    }
}
