package dev.haldane.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.Health;
import dev.haldane.webhook.canary.Weight;
import dev.haldane.webhook.routing.istio.IstioRouter;
import dev.haldane.webhook.workload.DeploymentWorkloads;
import dev.haldane.webhook.workload.WorkloadView;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The law of who writes what: no tool that applies its manifests again meets a conflict with what the loop has done.
class RealOwnershipTest {

    private static final String ROUTES = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: podinfo}
            spec:
              hosts: [podinfo]
              http: [{route: [{destination: {host: podinfo}}]}]
            """;

    private Bench bench;
    private DeploymentWorkloads workloads;
    private IstioRouter router;

    @BeforeEach
    void open() {
        bench = Bench.open();
        workloads = new DeploymentWorkloads(bench.cluster, InstantSource.system());
        router = new IstioRouter(bench.cluster);
        bench.apply(Bench.CANARY);
    }

    @Test
    void manifests_without_what_moves_are_applied_again_without_conflict_and_without_effect() {
        var service = Bench.SERVICE.replace("{app: podinfo, tier: web}", "{app: podinfo-primary, tier: web}");
        var manifests = Bench.DEPLOYMENT + "---\n" + service;
        bench.applyServerSide(manifests).orThrow();
        var spec = bench.canary();
        adopt(spec);
        workloads.stopTarget(spec);

        bench.applyServerSide(manifests).orThrow();

        assertThat(bench.value("deployment/podinfo", ".spec.replicas")).isEqualTo("0");
        workloads.startTarget(spec, workloads.look(spec));
        bench.applyServerSide(manifests).orThrow();
        assertThat(bench.value("deployment/podinfo", ".spec.replicas")).isEqualTo("2");
        assertThat(bench.value("service/podinfo", ".spec.selector"))
                .isEqualTo("{\"app\":\"podinfo-primary\",\"tier\":\"web\"}");
    }

    @Test
    void manifests_that_contain_what_moves_still_meet_no_conflict() {
        var deployment = Bench.DEPLOYMENT.replace("spec:\n  selector", "spec:\n  replicas: 2\n  selector");
        var manifests = deployment + "---\n" + Bench.SERVICE + "---\n" + ROUTES;
        bench.applyServerSide(manifests).orThrow();
        var spec = bench.canary();
        adopt(spec);
        await().until(() -> {
            router.ensure(spec);
            return bench.value("virtualservice/podinfo", ".spec.http[0].route[*].weight")
                    .equals("100 0");
        });
        router.route(spec, new Weight(40));
        workloads.stopTarget(spec);
        workloads.startTarget(spec, workloads.look(spec));

        for (var object : new String[] {"deployment/podinfo", "service/podinfo", "virtualservice/podinfo"}) {
            assertThat(bench.value(object, ".metadata.managedFields[*].manager"))
                    .as("managers of " + object)
                    .doesNotContain("haldane");
        }
        assertThat(bench.applyServerSide(manifests).err()).doesNotContain("conflict");
    }

    @Test
    void what_is_ours_bears_our_name() {
        bench.apply(Bench.DEPLOYMENT);
        bench.apply(Bench.SERVICE);
        adopt(bench.canary());

        assertThat(bench.value("deployment/podinfo-primary", ".metadata.managedFields[*].manager"))
                .contains("haldane");
        assertThat(bench.value("service/podinfo-primary", ".metadata.managedFields[*].manager"))
                .isEqualTo("haldane");
    }

    private void adopt(CanarySpec spec) {
        workloads.ensurePrimary(spec, workloads.look(spec));
        workloads.ensureApex(spec, awaitPrimary(spec));
    }

    private WorkloadView awaitPrimary(CanarySpec spec) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> workloads.look(spec), seen -> seen.primary() instanceof Health.Ready);
    }
}
