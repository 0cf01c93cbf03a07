package dev.haldane.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.canary.Health;
import dev.haldane.webhook.canary.Revision;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.workload.DeploymentWorkloads;
import dev.haldane.webhook.workload.WorkloadView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RealWorkloadsTest {

    private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(later.get());

    private Bench bench;
    private DeploymentWorkloads workloads;

    @BeforeEach
    void open() {
        bench = Bench.open();
        workloads = new DeploymentWorkloads(bench.cluster, clock);
        bench.apply(Bench.DEPLOYMENT);
        bench.apply(Bench.SERVICE);
        bench.apply(Bench.CANARY);
    }

    @Test
    void a_primary_is_made_from_the_target_and_becomes_ready() {
        var spec = bench.canary();
        var seen = workloads.look(spec);
        assertThat(seen.primary())
                .isEqualTo(new Health.Missing("deployment podinfo-primary." + bench.namespace
                        + " get query error: deployments.apps \"podinfo-primary\" not found"));
        assertThat(seen.app()).isEqualTo("podinfo");
        assertThat(seen.appVersion()).isEqualTo("1.0.0");
        assertThat(seen.chartVersion()).isEqualTo("1.4.0");

        workloads.ensurePrimary(spec, seen);
        var ready = awaitPrimary(spec);

        assertThat(ready.primaryRevision()).contains(ready.revision());
        assertThat(bench.value("deployment/podinfo-primary", ".spec.replicas")).isEqualTo("2");
        assertThat(bench.value("deployment/podinfo-primary", ".spec.selector.matchLabels"))
                .isEqualTo("{\"app\":\"podinfo-primary\",\"tier\":\"web\"}");
        assertThat(bench.value("deployment/podinfo-primary", ".spec.template.metadata.labels"))
                .isEqualTo("{\"app\":\"podinfo-primary\",\"tier\":\"web\"}");
        assertThat(bench.value("deployment/podinfo-primary", ".metadata.annotations.example\\.org/owner"))
                .isEqualTo("blue");
        assertThat(bench.value("deployment/podinfo-primary", ".metadata.ownerReferences[0].kind"))
                .isEqualTo("Canary");
        assertThat(bench.value("service/podinfo-primary", ".spec.selector"))
                .isEqualTo("{\"app\":\"podinfo-primary\",\"tier\":\"web\"}");
        assertThat(bench.value("service/podinfo-canary", ".spec.selector"))
                .isEqualTo("{\"app\":\"podinfo\",\"tier\":\"web\"}");
        assertThat(bench.value("service/podinfo-canary", ".spec.ports[0].targetPort"))
                .isEqualTo("http");
    }

    @Test
    void the_apex_service_follows_the_primary_only_when_that_is_ready() {
        var spec = bench.canary();
        var before = workloads.look(spec);
        workloads.ensureApex(spec, before);
        assertThat(bench.value("service/podinfo", ".spec.selector"))
                .isEqualTo("{\"app\":\"podinfo\",\"tier\":\"web\"}");

        workloads.ensurePrimary(spec, before);
        workloads.ensureApex(spec, awaitPrimary(spec));

        assertThat(bench.value("service/podinfo", ".spec.selector"))
                .isEqualTo("{\"app\":\"podinfo-primary\",\"tier\":\"web\"}");
        assertThat(bench.value("service/podinfo", ".spec.ports[0].targetPort")).isEqualTo("http");
        assertThat(bench.value("service/podinfo", ".metadata.ownerReferences")).isEmpty();
    }

    @Test
    void an_apex_service_that_is_missing_is_made() {
        var spec = bench.canary();
        bench.kubectl("delete", "service", "podinfo");

        adopt(spec);

        assertThat(bench.value("service/podinfo", ".spec.selector"))
                .isEqualTo("{\"app\":\"podinfo-primary\",\"tier\":\"web\"}");
        assertThat(bench.value("service/podinfo", ".metadata.ownerReferences[0].kind"))
                .isEqualTo("Canary");
    }

    @Test
    void the_target_stops_and_starts_with_the_number_that_the_user_wanted() {
        var spec = bench.canary();
        adopt(spec);

        workloads.stopTarget(spec);
        assertThat(workloads.look(spec).target()).isEqualTo(new Health.Stopped());

        workloads.startTarget(spec, workloads.look(spec));
        assertThat(bench.value("deployment/podinfo", ".spec.replicas")).isEqualTo("2");
        await().until(() -> workloads.look(spec).target() instanceof Health.Ready);
    }

    @Test
    void what_was_seen_is_promoted_and_not_what_is_there_by_now() {
        var spec = bench.canary();
        adopt(spec);
        image("1.1.0");
        var seen = workloads.look(spec);
        image("1.2.0");

        workloads.promote(spec, seen);

        assertThat(bench.value("deployment/podinfo-primary", ".spec.template.spec.containers[0].image"))
                .endsWith(":1.1.0");
        assertThat(awaitPrimary(spec).primaryRevision()).contains(seen.revision());
    }

    @Test
    void promoting_the_same_again_restarts_nothing() {
        var spec = bench.canary();
        adopt(spec);
        var generation = bench.value("deployment/podinfo-primary", ".metadata.generation");

        workloads.promote(spec, workloads.look(spec));

        assertThat(bench.value("deployment/podinfo-primary", ".metadata.generation"))
                .isEqualTo(generation);
    }

    @Test
    void a_deleted_primary_comes_back_as_it_was_promoted() {
        var spec = bench.canary();
        adopt(spec);
        workloads.stopTarget(spec);
        image("2.0.0-bad");
        bench.kubectl("delete", "deployment", "podinfo-primary");

        await().until(() -> workloads.look(spec).primary() instanceof Health.Missing);
        workloads.ensurePrimary(spec, workloads.look(spec));

        assertThat(bench.value("deployment/podinfo-primary", ".spec.template.spec.containers[0].image"))
                .endsWith(":1.0.0");
        assertThat(bench.value("deployment/podinfo-primary", ".spec.replicas")).isEqualTo("2");
    }

    @Test
    void another_replica_of_the_server_remembers_as_well() {
        var spec = bench.canary();
        adopt(spec);
        image("2.0.0-bad");
        bench.kubectl("delete", "deployment", "podinfo-primary");

        try (var other = new Cluster(bench.real.client(), List.of())) {
            var restarted = new DeploymentWorkloads(other, clock);
            restarted.ensurePrimary(spec, restarted.look(spec));
        }

        assertThat(bench.value("deployment/podinfo-primary", ".spec.template.spec.containers[0].image"))
                .endsWith(":1.0.0");
    }

    @Test
    void pods_that_never_get_ready_are_stuck_after_the_deadline() {
        var spec = bench.canary();
        adopt(spec);
        workloads.stopTarget(spec);
        bench.kubectl(
                "patch",
                "deployment",
                "podinfo",
                "-p",
                "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"fake.kube/outcome\":\"unready\"}}}}}");
        workloads.startTarget(spec, workloads.look(spec));
        var waiting = "waiting for rollout to finish: 0 of 2 (readyThreshold 100%) updated replicas are available";
        await().until(() -> workloads.look(spec).target().equals(new Health.Pending(waiting)));

        later.set(Duration.ofSeconds(61));

        assertThat(workloads.look(spec).target()).isEqualTo(new Health.Stuck(waiting));
        assertThat(new DeploymentWorkloads(bench.cluster, clock).look(spec).target())
                .as("after a restart of the server")
                .isEqualTo(new Health.Stuck(waiting));
    }

    @Test
    void a_revision_is_the_content_of_the_pod_template() {
        var spec = bench.canary();
        var first = workloads.look(spec).revision();

        bench.kubectl("annotate", "deployment", "podinfo", "some=thing");
        bench.kubectl("scale", "deployment", "podinfo", "--replicas=3");
        assertThat(workloads.look(spec).revision()).isEqualTo(first);
        image("1.1.0");
        assertThat(workloads.look(spec).revision()).isNotEqualTo(first);
        image("1.0.0");
        assertThat(workloads.look(spec).revision()).isEqualTo(first);
    }

    @Test
    void the_autoscaler_is_copied_for_the_primary() {
        bench.apply("""
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: shop, labels: {app: podinfo}}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: podinfo}
                  minReplicas: 3
                  maxReplicas: 5
                """);
        bench.kubectl(
                "patch",
                "canary",
                "podinfo",
                "--type=merge",
                "-p",
                "{\"spec\":{\"autoscalerRef\":{\"apiVersion\":\"autoscaling/v2\",\"kind\":\"HorizontalPodAutoscaler\","
                        + "\"name\":\"shop\"}}}");
        var spec = bench.canary();
        adopt(spec);

        assertThat(bench.value("hpa/shop-primary", ".spec.scaleTargetRef.name")).isEqualTo("podinfo-primary");
        assertThat(bench.value("hpa/shop-primary", ".spec.minReplicas")).isEqualTo("3");
        assertThat(bench.value("deployment/podinfo-primary", ".spec.replicas")).isEqualTo("3");

        workloads.stopTarget(spec);
        workloads.startTarget(spec, workloads.look(spec));
        assertThat(bench.value("deployment/podinfo", ".spec.replicas")).isEqualTo("3");
    }

    @Test
    void a_deployment_that_only_has_the_name_of_a_primary_is_left_alone() {
        bench.apply(Bench.DEPLOYMENT
                .replace("name: podinfo\n", "name: podinfo-primary\n")
                .replace("app: podinfo", "app: other"));
        var spec = bench.canary();

        assertThatThrownBy(() -> workloads.look(spec))
                .isInstanceOf(ClusterUnavailable.class)
                .hasMessageContaining("somebody else's: its selector has app=other, a primary has podinfo-primary");
    }

    @Test
    void without_a_target_nothing_is_made() {
        var spec = bench.canary();
        bench.kubectl("delete", "deployment", "podinfo");
        var seen = workloads.look(spec);

        workloads.ensurePrimary(spec, seen);

        assertThat(seen.target()).isInstanceOf(Health.Missing.class);
        assertThat(seen.revision()).isEqualTo(Revision.NONE);
        assertThat(bench.kubectl("get", "deployments,services", "-o", "name")).isEqualTo("service/podinfo\n");
    }

    private void adopt(CanarySpec spec) {
        workloads.ensurePrimary(spec, workloads.look(spec));
        var ready = awaitPrimary(spec);
        workloads.ensurePrimary(spec, ready);
        workloads.ensureApex(spec, ready);
    }

    private WorkloadView awaitPrimary(CanarySpec spec) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> workloads.look(spec), seen -> seen.primary() instanceof Health.Ready);
    }

    private void image(String tag) {
        bench.kubectl("set", "image", "deployment/podinfo", "podinfod=registry.example.org:5000/podinfo:" + tag);
    }
}
