package dev.haldane.e2e.install;

import static dev.haldane.e2e.RealParts.checkout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.haldane.e2e.Program;
import dev.haldane.e2e.RealCluster;
import dev.haldane.e2e.helm.Packaged;
import dev.haldane.e2e.helm.RealHelm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From `helm install haldane` to `helm uninstall haldane`, and what an application has of it.
class ChartInstallTest {

    private static final String NAMESPACE = "haldane-system";
    private static final String SHOP = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: shop, labels: {app: shop}}
            spec:
              replicas: 2
              selector: {matchLabels: {app: shop}}
              template:
                metadata: {labels: {app: shop}}
                spec:
                  containers:
                  - {name: shop, image: "shop:1.0.0", ports: [{name: http, containerPort: 8080}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: shop}
            spec:
              selector: {app: shop}
              ports: [{name: http, port: 80, targetPort: http}]
            """;

    private static RealCluster cluster;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        cluster = RealCluster.start();
        kubectl("create", "namespace", NAMESPACE);
        kubectl("label", "namespace", NAMESPACE, "pod-security.kubernetes.io/enforce=restricted");
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void by_helm_3() throws IOException {
        try (var helm = RealHelm.three(folder, cluster.environment())) {
            fromInstallToUninstall(helm);
        }
    }

    @Test
    void by_helm_4() throws IOException {
        try (var helm = RealHelm.four(folder, cluster.environment())) {
            fromInstallToUninstall(helm);
        }
    }

    private void fromInstallToUninstall(RealHelm helm) throws IOException {
        var shop = cluster.namespace("shop");
        assertThat(doctor().out())
                .contains("wrong    webhook: is not registered", "wrong    rights of system:serviceaccount")
                .endsWith(" 2 wrong\n");
        install(helm, shop);
        try (var server = InstalledServer.start(cluster, NAMESPACE, folder)) {
            cluster.kubectlWith(SHOP, "apply", "-n", shop, "-f", "-").orThrow();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> value(shop, "canary/shop", ".status.phase").equals("Initialized"));
            var configurations = configurations();
            assertThat(configurations).contains("mutatingwebhookconfiguration", "validatingwebhookconfiguration");

            var version = value(NAMESPACE, "deployment/haldane", ".metadata.generation");
            install(helm, shop);
            assertThat(value(NAMESPACE, "deployment/haldane", ".metadata.generation"))
                    .isEqualTo(version);
            assertThat(configurations()).isEqualTo(configurations);
            assertThat(drift(helm)).isEmpty();
            var healthy = doctor();
            assertThat(healthy.status()).as(healthy.out() + healthy.err()).isZero();
            assertThat(healthy.out())
                    .contains(
                            "ok       CRD canaries.flagger.app: serves v1beta1",
                            "ok       webhook review: was asked by the API server",
                            "ok       certificate: the authority ends in ",
                            "warning  namespace " + shop + ": gets no sidecars of Istio",
                            "kubectl label namespace " + shop + " istio-injection=enabled")
                    .endsWith(" 0 wrong\n");
            assertThat(server.log()).doesNotContain("orbidden", "is not allowed");

            helm.run("uninstall", "haldane", "--namespace", NAMESPACE, "--wait").orThrow();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> configurations().isEmpty());
        cluster.kubectlWith(SHOP, "apply", "-n", shop, "-f", "-").orThrow();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(endpoints(shop, "shop")).contains("true"));
    }

    private static void install(RealHelm helm, String shop) {
        helm.run(
                        "upgrade",
                        "--install",
                        "haldane",
                        checkout("charts/haldane").toString(),
                        "--namespace",
                        NAMESPACE,
                        "--set",
                        "config.namespaces={" + shop + "},dashboards.enabled=true,networkPolicy.enabled=true",
                        "--wait")
                .orThrow();
    }

    private Program doctor() {
        return Program.run(
                List.of(
                        Packaged.launcher().toString(),
                        "doctor",
                        "--kubeconfig=" + cluster.kubeconfig(),
                        "--namespace=" + NAMESPACE),
                Packaged.environment(folder),
                "");
    }

    private static String configurations() {
        return kubectl("get", "mutatingwebhookconfigurations,validatingwebhookconfigurations", "-o", "name");
    }

    /// Whether the Pods behind a Service are ready.
    private static String endpoints(String namespace, String service) {
        return kubectl(
                "get",
                "endpointslices",
                "-n",
                namespace,
                "-l",
                "kubernetes.io/service-name=" + service,
                "-o",
                "jsonpath={.items[*].endpoints[*].conditions.ready}");
    }

    /// As Argo CD would see it.
    private static String drift(RealHelm helm) {
        var manifest =
                helm.run("get", "manifest", "haldane", "--namespace", NAMESPACE).orThrow();
        var diff = cluster.kubectlWith(manifest, "diff", "--server-side", "--force-conflicts", "-f", "-");
        return diff.status() == 0 ? "" : diff.out() + diff.err();
    }

    private static String value(String namespace, String object, String path) {
        var got = cluster.kubectl("get", object, "-n", namespace, "-o", "jsonpath={" + path + "}");
        return got.status() == 0 ? got.out() : "";
    }

    private static String kubectl(String... words) {
        return cluster.kubectl(words).orThrow();
    }
}
