package dev.haldane.webhook.demo.story;

import dev.haldane.webhook.demo.console.Glance.Side;
import dev.haldane.webhook.demo.git.EnvironmentRepository;
import dev.haldane.webhook.demo.mesh.Mesh;
import dev.haldane.webhook.demo.mesh.Visitors;
import dev.haldane.webhook.demo.story.Facts.Workload;
import dev.haldane.webhook.metrics.MetricsUnavailable;
import dev.haldane.webhook.metrics.prometheus.IstioQueries;
import dev.haldane.webhook.metrics.prometheus.PrometheusApi;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Reads what there is to see: the cluster by its API, the weight at the gateway, rates by the queries that the loop
/// asks, and Git by a fetch.
final class Gauges {

    private static final Duration QUERY = Duration.ofSeconds(2);
    private static final long FETCH_NANOS = Duration.ofMillis(400).toNanos();

    private final KubernetesClient client;
    private final Mesh mesh;
    private final PrometheusApi prometheus;
    private final EnvironmentRepository repository;
    private final Duration window;
    private long fetched = System.nanoTime() - FETCH_NANOS;
    private String wanted = "";

    Gauges(KubernetesClient client, Mesh mesh, URI prometheus, EnvironmentRepository repository, Duration window) {
        this.client = client;
        this.mesh = mesh;
        this.prometheus = new PrometheusApi(prometheus, QUERY);
        this.repository = repository;
        this.window = window;
    }

    Facts read() throws IOException {
        Optional<GenericKubernetesResource> canary =
                Optional.ofNullable(client.genericKubernetesResources("flagger.app/v1beta1", "Canary")
                        .inNamespace(Place.NAMESPACE)
                        .withName(Place.TARGET)
                        .get());
        return new Facts(
                canary.map(object -> text(object, "phase")).orElse(""),
                canary.map(object -> text(object, "verdict")).orElse(""),
                weight(),
                workload(Place.TARGET),
                workload(Place.PRIMARY),
                wanted());
    }

    private String wanted() throws IOException {
        if (System.nanoTime() - fetched >= FETCH_NANOS) {
            wanted = repository.wanted();
            fetched = System.nanoTime();
        }
        return wanted;
    }

    private static String text(GenericKubernetesResource canary, String field) {
        return canary.get("status", field) instanceof String value ? value : "";
    }

    private OptionalInt weight() {
        return mesh.weight(Place.NAMESPACE, Place.APEX, Place.CANARY_SERVICE)
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    private Workload workload(String name) {
        Deployment deployment = client.apps()
                .deployments()
                .inNamespace(Place.NAMESPACE)
                .withName(name)
                .get();
        if (deployment == null) {
            return Workload.NONE;
        }
        var image = deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
        var status = deployment.getStatus();
        boolean current =
                status != null && deployment.getMetadata().getGeneration().equals(status.getObservedGeneration());
        return new Workload(
                image.substring(image.lastIndexOf(':') + 1),
                Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1),
                current ? Optional.ofNullable(status.getReadyReplicas()).orElse(0) : 0);
    }

    /// One workload as people want to see it.
    Side side(String name, Workload workload, Optional<Visitors> visitors) {
        if (workload.wanted() == 0) {
            return Side.NONE;
        }
        var count = visitors.map(v -> v.counts().get(workload.version())).orElse(new Visitors.Count(0, 0));
        if (count.requests() == 0) {
            // The window may still hold what the version before has answered under this name.
            return new Side(workload.version(), OptionalDouble.empty(), OptionalDouble.empty(), 0, 0);
        }
        var queries = new IstioQueries(Place.NAMESPACE, name);
        return new Side(
                workload.version(),
                ask(queries.successRate(window)),
                ask(queries.p99(window)),
                count.requests(),
                count.failed());
    }

    private OptionalDouble ask(String query) {
        try {
            return prometheus.query(query);
        } catch (MetricsUnavailable _) {
            return OptionalDouble.empty();
        }
    }
}
