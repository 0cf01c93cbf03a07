package dev.haldane.e2e.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What our adapters rely on, asked through the Kubernetes client, each time in a namespace of its own.
abstract class ServerCase {

    private final KubernetesClient client;
    private String namespace = "";

    ServerCase(Server server) {
        client = server.connect();
    }

    @BeforeEach
    void makeNamespace() {
        namespace = client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("behaviour-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }

    @AfterEach
    void leave() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }

    KubernetesClient client() {
        return client;
    }

    String namespace() {
        return namespace;
    }

    static String name(ConfigMap map) {
        return map.getMetadata().getName();
    }

    ConfigMap configMap(String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withData(data)
                .build();
    }

    Deployment deployment(String name, String... images) {
        var builder = new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .endTemplate()
                .endSpec();
        for (int i = 0; i < images.length; i++) {
            builder.editSpec()
                    .editTemplate()
                    .editSpec()
                    .addNewContainer()
                    .withName("c" + i)
                    .withImage(images[i])
                    .endContainer()
                    .endSpec()
                    .endTemplate()
                    .endSpec();
        }
        return builder.build();
    }

    static void assertCode(int code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode())
                                .as(String.valueOf(e.getMessage()))
                                .isEqualTo(code));
    }
}
