package dev.haldane.webhook.demo.story;

import dev.haldane.postrender.config.UserError;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// What a cluster needs before the story: CRDs and namespaces. What it had before is left as it was.
final class Installation implements AutoCloseable {

    private static final List<String> DEFINITIONS = List.of(
            "/demo/crds/canaries.yaml",
            "/demo/crds/metrictemplates.yaml",
            "/demo/crds/alertproviders.yaml",
            "/demo/istio-crds.yaml");

    private static final Map<String, String> NEEDED =
            Map.of("flagger.app/v1beta1", "Canary", "networking.istio.io/v1", "VirtualService");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KubernetesClient client;
    private final boolean takenBack;
    private final Deque<HasMetadata> made = new ArrayDeque<>();

    private Installation(KubernetesClient client, boolean takenBack) {
        this.client = client;
        this.takenBack = takenBack;
    }

    /// @param takenBack whether the cluster is there after the demo, and so must be as it was
    /// @throws UserError if it has a namespace of the story already
    static Installation of(KubernetesClient client, boolean takenBack) throws IOException {
        var installation = new Installation(client, takenBack);
        try {
            installation.namespace(Place.NAMESPACE);
            installation.namespace(Place.OWN_NAMESPACE);
            for (String file : DEFINITIONS) {
                var stream = new ByteArrayInputStream(SampleChart.resource(file));
                client.load(stream).items().forEach(installation::makeIfMissing);
            }
            installation.awaitServed();
            return installation;
        } catch (IOException | RuntimeException e) {
            installation.close();
            throw e;
        }
    }

    private void makeIfMissing(HasMetadata object) {
        if (client.resource(object).get() == null) {
            client.resource(object).create();
            made.push(object);
        }
    }

    private void namespace(String name) {
        var namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
        if (client.resource(namespace).get() != null) {
            throw UserError.usage(
                    "the cluster has a namespace " + name + ", which the demo would make and delete",
                    "take a cluster without it");
        }
        client.resource(namespace).create();
        made.push(namespace);
    }

    private void awaitServed() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (var kind : NEEDED.entrySet()) {
            while (!isServed(kind.getKey(), kind.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("the API server does not serve " + kind.getValue() + " " + kind.getKey());
                }
                pause();
            }
        }
    }

    private boolean isServed(String apiVersion, String kind) {
        var resources = client.getApiResources(apiVersion);
        return resources != null
                && resources.getResources().stream()
                        .anyMatch(resource -> resource.getKind().equals(kind));
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// The server leaves its webhook configurations, because in a cluster another replica may go on.
    @Override
    public void close() {
        if (takenBack) {
            var registration = client.admissionRegistration().v1();
            registration.mutatingWebhookConfigurations().withName("haldane").delete();
            registration.validatingWebhookConfigurations().withName("haldane").delete();
            made.forEach(object -> client.resource(object).delete());
        }
    }
}
