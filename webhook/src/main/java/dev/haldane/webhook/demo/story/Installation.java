package dev.haldane.webhook.demo.story;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What a cluster needs before the story: CRDs and namespaces. What it had before is left as it was.
final class Installation implements AutoCloseable {

    private static final List<String> DEFINITIONS = List.of(
            "/demo/crds/canaries.yaml",
            "/demo/crds/metrictemplates.yaml",
            "/demo/crds/alertproviders.yaml",
            "/demo/istio-crds.yaml");

    private final KubernetesClient client;
    private final Deque<HasMetadata> made = new ArrayDeque<>();

    private Installation(KubernetesClient client) {
        this.client = client;
    }

    static Installation of(KubernetesClient client) throws IOException {
        var installation = new Installation(client);
        for (String file : DEFINITIONS) {
            var stream = new ByteArrayInputStream(SampleChart.resource(file));
            installation.makeMissing(client.load(stream).items());
        }
        installation.makeMissing(List.of(namespace(Place.NAMESPACE), namespace(Place.OWN_NAMESPACE)));
        return installation;
    }

    private void makeMissing(List<HasMetadata> objects) {
        for (HasMetadata object : new ArrayList<>(objects)) {
            if (client.resource(object).get() == null) {
                client.resource(object).create();
                made.push(object);
            }
        }
    }

    private static HasMetadata namespace(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }

    @Override
    public void close() {
        made.forEach(object -> client.resource(object).delete());
    }
}
