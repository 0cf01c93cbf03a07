package dev.haldane.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.webhook.canary.Phase.Succeeded;
import dev.haldane.webhook.canary.Revision;
import dev.haldane.webhook.store.KubernetesCanaryStore;
import dev.haldane.webhook.store.StoredCanary.Understood;
import dev.haldane.webhook.workload.DeploymentWorkloads;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// What Flagger has left behind is taken over as it is: its hashes mean nothing to us, its primaries do.
class TakeOverTest {

    private static final String FLAGGERS_PRIMARY = Bench.DEPLOYMENT
            .replace("name: podinfo\n", "name: podinfo-primary\n")
            .replace("matchLabels: {app: podinfo, tier: web}", "matchLabels: {app: podinfo-primary}")
            .replace(
                    "labels: {app: podinfo, tier: web}",
                    "labels: {app: podinfo-primary, tier: web}\n      annotations: {flagger-id: 0c1f6b54-0d0a-4d2e}");

    @Test
    void a_primary_that_flagger_made_runs_the_targets_revision_if_the_templates_are_the_same() {
        var bench = Bench.open();
        bench.apply(Bench.DEPLOYMENT);
        bench.apply(FLAGGERS_PRIMARY);
        bench.apply(Bench.CANARY);
        bench.kubectl(
                "patch", "canary", "podinfo", "--subresource=status", "--type=merge", "-p",
                "{\"status\":{\"phase\":\"Succeeded\",\"canaryWeight\":0,\"failedChecks\":0,\"iterations\":0,"
                        + "\"lastAppliedSpec\":\"65d8b9c7f4\",\"lastPromotedSpec\":\"65d8b9c7f4\"}}");
        var store = new KubernetesCanaryStore(bench.cluster);
        var workloads = new DeploymentWorkloads(bench.cluster, InstantSource.system());
        var spec = bench.canary();

        var status = ((Understood) store.get(bench.id()).orElseThrow()).status();
        var seen = workloads.look(spec);

        assertThat(status.phase()).isEqualTo(new Succeeded(Revision.NONE));
        assertThat(seen.primaryRevision()).contains(seen.revision());
        workloads.ensurePrimary(spec, seen);
        bench.kubectl("set", "image", "deployment/podinfo", "podinfod=example.org/podinfo:2");
        assertThat(workloads.look(spec).primaryRevision()).contains(seen.revision());
        assertThat(workloads.look(spec).revision()).isNotEqualTo(seen.revision());
    }
}
