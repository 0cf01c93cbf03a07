package dev.haldane.e2e.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.e2e.RealCluster;
import dev.haldane.e2e.RealParts;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryCrdTest {

    private static final String CANARY = """
            apiVersion: flagger.app/%s
            kind: Canary
            metadata:
              name: shop
              namespace: %s
            spec:
              provider: istio
              targetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
              service:
                port: 80
                targetPort: http
                delegation: true
                trafficPolicy: {tls: {mode: ISTIO_MUTUAL}, outlierDetection: {consecutive5xxErrors: 5}}
                match: [{uri: {prefix: /}, withoutHeaders: {x-internal: {exact: "1"}}}]
              %s:
                interval: 1m
                threshold: 5
                maxWeight: 50
                stepWeight: 10
                metrics:
                  - {name: request-success-rate, thresholdRange: {min: 99.5}, interval: 1m}
                webhooks:
                  - {name: load, type: rollout, url: "http://loadtester.test/", metadata: {cmd: hey}}
            """;

    @Test
    void the_canary_of_the_article_is_accepted_as_it_stands() throws IOException {
        RealCluster cluster = RealCluster.shared();
        String namespace = cluster.namespace("article");
        String article =
                Files.readString(articlesCanary()).replace("namespace: jx-production", "namespace: " + namespace);

        cluster.kubectlWith(article, "apply", "-f", "-").orThrow();

        var written = Serialization.unmarshal(article, GenericKubernetesResource.class);
        assertThat(read(cluster, namespace, "v1alpha2", written.getMetadata().getName()))
                .isEqualTo(written.get("spec"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1alpha1", "v1alpha2", "v1alpha3", "v1beta1"})
    void each_version_keeps_each_field(String version) {
        RealCluster cluster = RealCluster.shared();
        String namespace = cluster.namespace("version");
        String canary = CANARY.formatted(version, namespace, version.equals("v1beta1") ? "analysis" : "canaryAnalysis");

        cluster.kubectlWith(canary, "apply", "--server-side", "-f", "-").orThrow();

        var written = Serialization.unmarshal(canary, GenericKubernetesResource.class);
        assertThat(read(cluster, namespace, version, "shop")).isEqualTo(written.get("spec"));
        assertThat(read(cluster, namespace, "v1beta1", "shop")).isEqualTo(written.get("spec"));
    }

    @Test
    void the_status_is_a_resource_of_its_own_and_shown_in_columns() {
        RealCluster cluster = RealCluster.shared();
        String namespace = cluster.namespace("status");
        cluster.kubectlWith(CANARY.formatted("v1beta1", namespace, "analysis"), "apply", "-f", "-")
                .orThrow();

        String status = "{\"status\":{\"phase\":\"Failed\",\"canaryWeight\":20,\"verdict\":\"shop 2 rolled back\"}}";
        cluster.kubectl(
                        "patch",
                        "canary",
                        "shop",
                        "-n",
                        namespace,
                        "--subresource=status",
                        "--type=merge",
                        "-p",
                        status)
                .orThrow();

        assertThat(cluster.kubectl("get", "canary", "shop", "-n", namespace, "--no-headers")
                        .orThrow())
                .matches("(?s)shop\\s+Failed\\s+20\\s+");
        assertThat(cluster.kubectl("get", "canary", "shop", "-n", namespace, "-o", "jsonpath={.status.verdict}")
                        .orThrow())
                .isEqualTo("shop 2 rolled back");
    }

    @Test
    void a_canary_without_a_target_is_refused_by_name_of_the_field() {
        RealCluster cluster = RealCluster.shared();
        String canary = CANARY.formatted("v1beta1", cluster.namespace("refused"), "analysis")
                .replace("targetRef", "target");

        assertThat(cluster.kubectlWith(canary, "create", "--validate=false", "-f", "-")
                        .err())
                .contains("spec.targetRef: Required value");
    }

    private static Object read(RealCluster cluster, String namespace, String version, String name) {
        String json = cluster.kubectl(
                        "get", "canaries." + version + ".flagger.app", name, "-n", namespace, "-o", "json")
                .orThrow();
        Object spec =
                Serialization.unmarshal(json, GenericKubernetesResource.class).get("spec");
        return Optional.ofNullable(spec).orElseThrow();
    }

    private static Path articlesCanary() {
        return RealParts.shared("corpus/croc-hunter/flagger/croc-hunter-canary.yaml")
                .orElseGet(() -> Assumptions.abort("skipped: no corpus, ../shared/corpus is missing"));
    }
}
