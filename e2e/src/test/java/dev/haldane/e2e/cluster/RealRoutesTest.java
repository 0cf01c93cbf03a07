package dev.haldane.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.canary.Weight;
import dev.haldane.webhook.cluster.Kind;
import dev.haldane.webhook.routing.istio.IstioRouter;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RealRoutesTest {

    private static final String DELEGATED = Bench.CANARY.replace("{port: 80,", "{port: 80, delegation: true,");
    private static final String WITH_HOSTS = Bench.CANARY.replace(
            "{port: 80,", "{port: 80, hosts: [shop.example.com], gateways: [istio-system/public],");

    private static final String CHARTS_OWN = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: podinfo}
            spec:
              hosts: [shop.example.com]
              gateways: [istio-system/public]
              http:
              - match: [{uri: {prefix: /admin}}]
                route: [{destination: {host: admin}}]
              - name: shop
                timeout: 7s
                route: [{destination: {host: podinfo, port: {number: 80}}}]
            """;

    private static final String ENTRY = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: podinfo-entry}
            spec:
              hosts: [shop.example.com]
              gateways: [istio-system/public]
              http:
              - {name: haldane, match: [{gateways: [istio-system/public]}], delegate: {name: podinfo}}
              - route: [{destination: {host: podinfo}}]
            """;

    private Bench bench;
    private IstioRouter router;

    @BeforeEach
    void open() {
        bench = Bench.open();
        router = new IstioRouter(bench.cluster);
    }

    @Test
    void a_delegate_has_two_destinations_and_neither_hosts_nor_gateways() {
        var spec = canary(DELEGATED);

        router.ensure(spec);

        assertThat(bench.value("virtualservice/podinfo", ".spec"))
                .isEqualTo(
                        "{\"http\":[{\"route\":[" + "{\"destination\":{\"host\":\"podinfo-primary\"},\"weight\":100},"
                                + "{\"destination\":{\"host\":\"podinfo-canary\"},\"weight\":0}]}]}");
        assertThat(bench.value("virtualservice/podinfo", ".metadata.ownerReferences[0].kind"))
                .isEqualTo("Canary");
        assertThat(bench.value("destinationrule/podinfo-primary", ".spec")).isEqualTo("{\"host\":\"podinfo-primary\"}");
        assertThat(bench.value("destinationrule/podinfo-canary", ".spec")).isEqualTo("{\"host\":\"podinfo-canary\"}");
        assertThat(router.read(spec)).isEqualTo(Weight.NONE);
    }

    @Test
    void without_delegation_hosts_and_gateways_are_the_canarys() {
        var spec = canary(WITH_HOSTS);

        router.ensure(spec);

        assertThat(bench.value("virtualservice/podinfo", ".spec.hosts"))
                .isEqualTo("[\"shop.example.com\",\"podinfo\"]");
        assertThat(bench.value("virtualservice/podinfo", ".spec.gateways")).isEqualTo("[\"istio-system/public\"]");
    }

    @Test
    void weights_are_both_written_and_read_again() {
        var spec = canary(DELEGATED);
        router.ensure(spec);

        router.route(spec, new Weight(20));

        assertThat(weights()).isEqualTo("80 20");
        assertThat(router.read(spec)).isEqualTo(new Weight(20));
        router.route(spec, Weight.NONE);
        assertThat(weights()).isEqualTo("100 0");
    }

    @Test
    void drift_is_mended_and_never_resets_a_weight() {
        var spec = canary(DELEGATED);
        router.ensure(spec);
        router.route(spec, new Weight(40));
        var version = bench.get(Kind.VIRTUAL_SERVICE, "podinfo").resourceVersion();
        bench.kubectl(
                "patch",
                "virtualservice",
                "podinfo",
                "--type=json",
                "-p",
                "[{\"op\":\"add\",\"path\":\"/spec/http/0/timeout\",\"value\":\"3s\"}]");

        await().until(() -> {
            router.ensure(spec);
            return bench.value("virtualservice/podinfo", ".spec.http[0].timeout")
                    .isEmpty();
        });

        assertThat(weights()).isEqualTo("60 40");
        assertThat(bench.get(Kind.VIRTUAL_SERVICE, "podinfo").resourceVersion()).isNotEqualTo(version);
    }

    @Test
    void a_deleted_virtual_service_is_made_again() {
        var spec = canary(DELEGATED);
        router.ensure(spec);
        router.route(spec, new Weight(40));
        bench.kubectl("delete", "virtualservice", "podinfo");

        await().until(() -> {
            router.ensure(spec);
            return bench.cluster
                    .get(Kind.VIRTUAL_SERVICE, bench.namespace, "podinfo")
                    .isPresent();
        });
        assertThat(router.read(spec)).isEqualTo(Weight.NONE);
        router.route(spec, new Weight(40));

        assertThat(weights()).isEqualTo("60 40");
    }

    @Test
    void a_charts_own_virtual_service_keeps_everything_but_where_its_app_is_served_from() {
        bench.apply(CHARTS_OWN);
        var spec = canary(WITH_HOSTS);

        ensureUntil(spec, () -> weights(1).equals("100 0"));
        router.route(spec, new Weight(20));

        assertThat(weights(1)).isEqualTo("80 20");
        assertThat(bench.value("virtualservice/podinfo", ".spec.hosts")).isEqualTo("[\"shop.example.com\"]");
        assertThat(bench.value("virtualservice/podinfo", ".spec.http[0].route[0].destination.host"))
                .isEqualTo("admin");
        assertThat(bench.value("virtualservice/podinfo", ".spec.http[1].timeout"))
                .isEqualTo("7s");
        assertThat(bench.value("virtualservice/podinfo", ".spec.http[1].route[*].destination.port.number"))
                .isEqualTo("80 80");
        assertThat(bench.value("virtualservice/podinfo", ".metadata.ownerReferences"))
                .isEmpty();
        assertThat(bench.value("virtualservice/podinfo", ".metadata.annotations.haldane\\.dev/original-spec"))
                .contains("\"host\":\"podinfo\"");
    }

    @Test
    void hosts_go_from_a_charts_own_virtual_service_only_when_the_entry_has_them() {
        bench.apply(CHARTS_OWN);
        var spec = canary(DELEGATED);
        ensureUntil(spec, () -> weights(1).equals("100 0"));
        assertThatThrownBy(() -> ensureUntil(spec, () -> false))
                .isInstanceOf(ClusterUnavailable.class)
                .hasMessageContaining("has hosts, but spec.service.delegation is true and no VirtualService delegates");
        assertThat(bench.value("virtualservice/podinfo", ".spec.hosts")).isNotEmpty();

        bench.apply(ENTRY);
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(ClusterUnavailable.class)
                .until(() -> {
                    router.ensure(spec);
                    return bench.value("virtualservice/podinfo", ".spec.hosts").isEmpty();
                });

        assertThat(bench.value("virtualservice/podinfo", ".spec.gateways")).isEmpty();
        assertThat(weights(1)).isEqualTo("100 0");
    }

    @Test
    void a_route_that_leads_elsewhere_is_named() {
        bench.apply(CHARTS_OWN.replace("host: podinfo,", "host: elsewhere,"));
        var spec = canary(WITH_HOSTS);

        assertThatThrownBy(() -> ensureUntil(spec, () -> false))
                .isInstanceOf(ClusterUnavailable.class)
                .hasMessage("VirtualService podinfo." + bench.namespace
                        + " does not contain routes for podinfo-primary and podinfo-canary, and none to podinfo alone");
    }

    @Test
    void previews_share_and_every_weight_is_read_back_exactly() {
        var preview = bench.real.namespace("preview");
        bench.real.kubectlWith(Bench.SERVICE, "apply", "-n", preview, "-f", "-").orThrow();
        var spec = canary(DELEGATED.replace(
                "{name: podinfo}\nspec",
                "{name: podinfo, annotations: {haldane.dev/preview: " + preview + "=37}}\nspec"));
        ensureUntil(spec, () -> weights().equals("63 0 37"));

        for (int percent = 0; percent <= 100; percent++) {
            router.route(spec, new Weight(percent));
            router.ensure(spec);

            assertThat(router.read(spec)).isEqualTo(new Weight(percent));
        }
        assertThat(weights()).isEqualTo("0 63 37");
        assertThat(bench.value("virtualservice/podinfo", ".spec.http[0].route[2].destination"))
                .isEqualTo("{\"host\":\"podinfo." + preview + ".svc.cluster.local\",\"port\":{\"number\":80}}");
        router.route(spec, new Weight(35));
        bench.real.kubectl("delete", "service", "podinfo", "-n", preview).orThrow();

        ensureUntil(spec, () -> weights().equals("65 35"));

        assertThat(bench.value("virtualservice/podinfo", ".metadata.annotations"))
                .doesNotContain("haldane.dev/");
    }

    @Test
    void previews_come_and_go_in_a_charts_own_virtual_service_and_leave_nothing_behind() {
        var preview = bench.real.namespace("preview");
        bench.real.kubectlWith(Bench.SERVICE, "apply", "-n", preview, "-f", "-").orThrow();
        bench.apply(CHARTS_OWN);
        var plain = canary(WITH_HOSTS);
        ensureUntil(plain, () -> weights(1).equals("100 0"));
        bench.kubectl("annotate", "canary", "podinfo", "haldane.dev/preview=" + preview + "=10");

        ensureUntil(bench.canary(), () -> weights(1).equals("90 0 10"));
        router.route(bench.canary(), new Weight(33));
        assertThat(weights(1)).isEqualTo("60 30 10");
        assertThat(router.read(bench.canary())).isEqualTo(new Weight(33));
        bench.kubectl("annotate", "canary", "podinfo", "haldane.dev/preview-");

        ensureUntil(bench.canary(), () -> weights(1).equals("67 33"));
        assertThat(bench.value("virtualservice/podinfo", ".metadata.annotations"))
                .doesNotContain("haldane.dev/preview", "canary-weight");
    }

    /// The watch may see an object a moment after it was made.
    private void ensureUntil(CanarySpec spec, java.util.concurrent.Callable<Boolean> done) {
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            router.ensure(spec);
            return done.call();
        });
    }

    private CanarySpec canary(String yaml) {
        bench.apply(yaml);
        return bench.canary();
    }

    private String weights() {
        return weights(0);
    }

    private String weights(int rule) {
        return bench.value("virtualservice/podinfo", ".spec.http[" + rule + "].route[*].weight");
    }
}
