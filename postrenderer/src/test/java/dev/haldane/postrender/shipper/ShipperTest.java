package dev.haldane.postrender.shipper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.config.file.Configuration;
import dev.haldane.postrender.rule.Outcome;
import dev.haldane.postrender.rule.Outcome.Skipped;
import dev.haldane.postrender.rule.Reason;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rule.Rendering;
import dev.haldane.postrender.rules.RuleSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each thing that Shipper wants of a chart: what it refuses before, it takes after. The numbers are those of
/// [ShipperReading].
class ShipperTest {
    private static final RuleSet RULES =
            RuleSet.of(Configuration.with(RolloutDefaults.builtIn(), List.of("rules.shipper=true")));
    private static final String RELEASE = "rel";

    private static final String SERVICE = """
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: shop
            spec:
              selector:
                app: shop
            """;
    private static final String DEPLOYMENT = """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: rel-shop
            spec:
              replicas: 2
              selector:
                matchLabels:
                  app: shop
              template:
                metadata:
                  labels:
                    app: shop
            """;
    private static final String CHART = SERVICE + DEPLOYMENT;

    @Test
    void what_shipper_takes_already_comes_out_byte_for_byte() {
        assertThat(ShipperReading.refusals(CHART, RELEASE)).isEmpty();

        var after = after(CHART);

        assertThat(after.text()).isEqualTo(CHART);
        assertThat(after.report().outcomes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# Copyright the shop\n",
                "---\n# Source: shop/templates/canary.yaml\n# nothing here\n",
                "--- # a remark\n",
                "---\n\n# twice\n---\n# empty\n"
            })
    void rule_1_comments_alone_are_no_document(String comments) {
        mends("1", comments + CHART);
    }

    @Test
    void rule_1_the_first_document_may_have_comments_above_it() {
        var chart = "# Copyright the shop\n" + CHART.substring("---\n".length());

        assertThat(after(chart).text()).isEqualTo(chart);
    }

    @ParameterizedTest
    @CsvSource({
        "jenkins.io/v1, Release",
        "flagger.app/v1beta1, Canary",
        "flagger.app/v1beta1, MetricTemplate",
        "networking.istio.io/v1, VirtualService",
        "networking.istio.io/v1alpha3, Gateway",
        "serving.knative.dev/v1, Service",
        "monitoring.coreos.com/v1, ServiceMonitor",
        "gateway.networking.k8s.io/v1, HTTPRoute",
        "apiextensions.k8s.io/v1, CustomResourceDefinition",
        "apiregistration.k8s.io/v1, APIService",
        "cert-manager.io/v1, Certificate",
        "autoscaling/v2beta1, HorizontalPodAutoscaler",
        "autoscaling/v2, HorizontalPodAutoscaler",
        "networking.k8s.io/v1, IngressClass",
        "discovery.k8s.io/v1, EndpointSlice",
    })
    void rule_2_kinds_that_kubernetes_1_17_did_not_have_go(String version, String kind) {
        var other = "---\napiVersion: " + version + "\nkind: " + kind + "\nmetadata:\n  name: other\n";

        var after = after(CHART + other);

        assertThat(ShipperReading.refusals(after.text(), RELEASE)).isEmpty();
        assertThat(after.text()).isEqualTo(CHART);
        assertThat(after.report().outcomes())
                .last()
                .isInstanceOf(Outcome.Dropped.class)
                .satisfies(dropped -> assertThat(dropped.subject().kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @CsvSource({
        "batch/v1, CronJob, batch/v1beta1",
        "policy/v1, PodDisruptionBudget, policy/v1beta1",
        "networking.k8s.io/v1, Ingress, networking.k8s.io/v1beta1",
        "node.k8s.io/v1, RuntimeClass, node.k8s.io/v1beta1",
        "storage.k8s.io/v1, CSIDriver, storage.k8s.io/v1beta1",
    })
    void rule_2_kinds_that_it_had_in_another_version_get_that(String version, String kind, String older) {
        var other = "---\napiVersion: %s\nkind: %s\nmetadata:\n  name: other\n";

        assertThat(mends("2", CHART + other.formatted(version, kind))).contains(CHART + other.formatted(older, kind));
    }

    @Test
    void rule_2_an_ingress_of_today_says_the_same_in_the_words_of_before() {
        var after = mends("2", CHART + """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: shop
                spec:
                  ingressClassName: nginx
                  defaultBackend:
                    service:
                      name: shop
                      port:
                        name: http
                  rules:
                  - http:
                      paths:
                      - path: /a
                        pathType: Prefix
                        backend: {service: {name: shop, port: {number: 80}}}
                      - path: /b
                        backend: {resource: {kind: Bucket, name: b}}
                """);

        assertThat(after)
                .contains(
                        "kubernetes.io/ingress.class: nginx",
                        "  backend: {serviceName: shop, servicePort: http}\n",
                        "servicePort: 80",
                        "{resource: {kind: Bucket, name: b}}")
                .doesNotContain("ingressClassName", "defaultBackend", "service:");
    }

    @Test
    void rule_2_a_list_has_no_name_of_its_own() {
        var list = """
                # Source: shop/templates/all.yaml
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: ConfigMap
                  metadata: {name: one}
                - apiVersion: jenkins.io/v1
                  kind: Release
                  metadata: {name: two}
                - {apiVersion: v1, kind: Secret, metadata: {name: three}}
                """;

        var after = mends("2", list + CHART);

        assertThat(after).contains("kind: ConfigMap", "kind: Secret").doesNotContain("List", "Release");
    }

    @Test
    void rule_3_one_deployment_is_what_shipper_takes_and_others_are_only_reported() {
        var two = CHART + DEPLOYMENT.replace("shop", "cart");

        assertThat(ShipperReading.refusals(two, RELEASE)).anyMatch(refusal -> refusal.startsWith("3 "));
        assertThat(skipped(two)).containsOnly(Reason.SHIPPER_DEPLOYMENTS).hasSize(2);
        assertThat(after(two).text()).isEqualTo(two);
        assertThat(skipped(SERVICE)).containsExactly(Reason.SHIPPER_DEPLOYMENTS);
    }

    @Test
    void rule_4_a_deployment_of_old_becomes_one_that_shipper_scales() {
        var old = SERVICE + DEPLOYMENT.replace("apps/v1", "extensions/v1beta1").replace("""
                  selector:
                    matchLabels:
                      app: shop
                """, "");

        assertThat(mends("4", old)).contains("apiVersion: apps/v1").contains("    matchLabels:\n      app: shop\n");
    }

    @Test
    void rule_5_the_deployment_is_named_after_the_release() {
        var fixed = CHART.replace("rel-shop", "shop");
        var tooLong = CHART.replace("rel-shop", "s".repeat(58) + "-xyz");

        assertThat(mends("5", fixed)).contains("  name: rel-shop\n");
        assertThat(mends("5", tooLong)).contains("  name: rel-" + "s".repeat(58) + "\n");
    }

    @Test
    void rule_5_a_release_that_nobody_names_is_asked_for() {
        var after = RULES.rewrite(CHART, "test", Release.UNKNOWN);

        assertThat(after.text()).isEqualTo(CHART);
        assertThat(reasons(after)).containsExactly(Reason.SHIPPER_NAME);
    }

    @Test
    void rule_6_of_several_services_the_one_in_front_gets_the_label() {
        var two = CHART + SERVICE.replace("shop", "cache");
        var headless =
                CHART + SERVICE.replace("name: shop", "name: peers").replace("spec:", "spec:\n  clusterIP: None");

        assertThat(mends("6", two)).containsOnlyOnce("shipper-lb: production");
        assertThat(mends("6", headless)).containsOnlyOnce("shipper-lb: production");
    }

    @Test
    void rule_6_which_of_two_services_is_meant_is_asked() {
        var two = CHART + SERVICE.replace("name: shop", "name: admin");
        var labelled = SERVICE.replace("name: shop", "name: shop\n  labels: {shipper-lb: production}");
        var both = labelled + labelled.replace("name: shop", "name: admin") + DEPLOYMENT;

        assertThat(skipped(two)).containsOnly(Reason.SHIPPER_SERVICES).hasSize(2);
        assertThat(skipped(both)).containsOnly(Reason.SHIPPER_SERVICES).hasSize(2);
        assertThat(skipped(DEPLOYMENT)).containsExactly(Reason.SHIPPER_SERVICES);
        assertThat(after(labelled + SERVICE.replace("name: shop", "name: admin") + DEPLOYMENT)
                        .report()
                        .outcomes())
                .isEmpty();
    }

    @Test
    void rule_7_the_service_does_not_select_by_release() {
        var selecting = CHART.replace("    app: shop\n---", "    app: shop\n    release: rel\n---")
                .replace("        app: shop\n", "        app: shop\n        release: rel\n");
        var only = selecting.replace("    app: shop\n    release: rel\n---", "    release: rel\n---");

        assertThat(mends("7", selecting)).contains("  selector:\n    app: shop\n---");
        assertThat(mends("7", only)).contains("  selector:\n    app: shop\n---");
    }

    @Test
    void rule_7_nor_by_the_instance_which_is_the_release_under_another_name() {
        var selecting = CHART.replace("app: shop", "app.kubernetes.io/instance: rel");

        assertThat(after(selecting).text()).doesNotContain("  selector:\n    app.kubernetes.io/instance");
    }

    @Test
    void rule_8_labels_can_be_added_to_the_selector() {
        var expressions = CHART.replace("""
                    matchLabels:
                      app: shop
                """, """
                    matchExpressions:
                    - {key: app, operator: In, values: [shop]}
                """);

        assertThat(mends("8", expressions)).contains("    matchLabels:\n      app: shop\n");
    }

    @Test
    void rule_8_pods_without_labels_are_reported() {
        var none = SERVICE + DEPLOYMENT.replace("""
                    metadata:
                      labels:
                        app: shop
                """, "    spec: {}\n");

        assertThat(ShipperReading.refusals(none, RELEASE)).anyMatch(refusal -> refusal.startsWith("8 "));
        assertThat(skipped(none)).containsExactly(Reason.NO_POD_LABELS);
    }

    @Test
    void rule_9_a_selector_that_is_not_that_of_the_pods_is_reported() {
        var other = CHART.replace("        app: shop\n", "        app: cart\n");

        assertThat(ShipperReading.refusals(other, RELEASE)).anyMatch(refusal -> refusal.startsWith("9 "));
        assertThat(skipped(other)).contains(Reason.SELECTOR_MISMATCH);
    }

    @Test
    void rule_9_a_service_that_does_not_reach_the_pods_is_reported() {
        var other = SERVICE.replace("app: shop", "app: cart") + DEPLOYMENT;

        assertThat(ShipperReading.refusals(other, RELEASE)).anyMatch(refusal -> refusal.startsWith("9 "));
        assertThat(skipped(other)).containsExactly(Reason.NO_SERVICE);
    }

    @Test
    void rule_10_the_service_has_one_name_for_all_releases_and_the_ingress_finds_it() {
        var named = CHART.replace("  name: shop", "  name: rel-shop") + """
                ---
                apiVersion: networking.k8s.io/v1beta1
                kind: Ingress
                metadata:
                  name: shop
                spec:
                  rules:
                  - http:
                      paths:
                      - backend:
                          serviceName: rel-shop
                          servicePort: 80
                """;

        var after = mends("10", named);

        assertThat(after).contains("kind: Service\nmetadata:\n  name: shop\n", "serviceName: shop\n");
    }

    @Test
    void rule_10_objects_go_to_the_namespace_of_the_application() {
        var placed = CHART.replace("metadata:\n  name", "metadata:\n  namespace: jx-production\n  name");

        assertThat(mends("10", placed)).isEqualTo(CHART);
    }

    @Test
    void rule_10_a_name_that_is_taken_is_reported() {
        var taken = CHART.replace("  name: shop", "  name: rel-shop") + SERVICE.replace("app: shop", "app: other");

        assertThat(skipped(taken)).contains(Reason.SHIPPER_SERVICE_NAME);
    }

    @Test
    void labels_with_the_release_in_them_become_stable() {
        var pack = CHART.replace("app: shop", "app: rel-shop");

        assertThat(after(pack).text()).doesNotContain("app: rel-shop").contains("app: shop");
    }

    @Test
    void hooks_that_would_run_at_once_go_and_those_of_installing_stay() {
        var hook = "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: hook\n  annotations:\n    helm.sh/hook: ";

        assertThat(after(CHART + hook + "test-success\n").text()).isEqualTo(CHART);
        assertThat(after(CHART + hook + "pre-delete, post-rollback\n").text()).isEqualTo(CHART);
        assertThat(after(CHART + hook + "pre-delete,post-install\n").text()).contains("hook");
    }

    @Test
    void a_chart_of_nothing_but_comments_is_no_empty_answer() {
        var after = after("# nothing\n");

        assertThat(after.text()).startsWith("# haldane: every document of this stream was dropped");
        assertThat(after(after.text()).text()).isEqualTo(after.text());
    }

    /// What Shipper refuses for this reason before, it takes after; and once more changes nothing.
    private static String mends(String rule, String chart) {
        assertThat(ShipperReading.refusals(chart, RELEASE)).anyMatch(refusal -> refusal.startsWith(rule + " "));

        var after = after(chart);

        assertThat(ShipperReading.refusals(after.text(), RELEASE)).isEmpty();
        assertThat(reasons(after)).isEmpty();
        assertThat(after(after.text()).text()).isEqualTo(after.text());
        return after.text();
    }

    private static Rendering after(String chart) {
        return RULES.rewrite(chart, "test", new Release(RELEASE, ""));
    }

    private static List<Reason> skipped(String chart) {
        return reasons(after(chart));
    }

    private static List<Reason> reasons(Rendering rendering) {
        return rendering.report().outcomes().stream()
                .filter(Skipped.class::isInstance)
                .map(outcome -> ((Skipped) outcome).reason())
                .toList();
    }
}
