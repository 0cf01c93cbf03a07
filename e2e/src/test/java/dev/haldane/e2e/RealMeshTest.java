package dev.haldane.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RealMeshTest {

    private static final String APPLICATION = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: shop}
            spec:
              replicas: 2
              selector: {matchLabels: {app: shop}}
              template:
                metadata: {labels: {app: shop}}
                spec: {containers: [{name: shop, image: "shop:1.0.0"}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: shop}
            spec: {selector: {app: shop}, ports: [{name: http, port: 80, targetPort: 8080}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: shop}
            spec:
              hosts: [shop.example.com]
              gateways: [istio-system/gw]
              http: [{route: [{destination: {host: shop}}]}]
            """;

    @Test
    void requests_follow_pods_services_and_routes() {
        try (var cluster = RealCluster.start();
                var mesh = RealMesh.start(cluster);
                var backends = new Backends();
                var network = new PodNetwork(cluster.client(), backends)) {
            assertThat(network).isNotNull();
            cluster.kubectlWith(APPLICATION, "apply", "-f", "-").orThrow();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(Visit.to(mesh.gateway(), "shop.example.com"))
                            .isEqualTo(new Visit(200, "1.0.0", "")));

            try (var visitors = new Visitors(backends, mesh.gateway(), "shop.example.com", Duration.ofMillis(10))) {
                cluster.kubectl("set", "image", "deployment/shop", "shop=shop:1.1.0")
                        .orThrow();
                await().atMost(Duration.ofSeconds(30)).until(() -> visitors.answeredBy("1.1.0") > 50);
                assertThat(visitors.failures()).isEmpty();
            }

            cluster.kubectl("scale", "deployment/shop", "--replicas=0").orThrow();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Visit.to(mesh.gateway(), "shop.example.com").status() == 503);
        }
    }
}
