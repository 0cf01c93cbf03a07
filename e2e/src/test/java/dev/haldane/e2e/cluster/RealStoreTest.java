package dev.haldane.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.haldane.webhook.canary.CanaryId;
import dev.haldane.webhook.canary.Phase.Failed;
import dev.haldane.webhook.canary.Phase.GitDebt;
import dev.haldane.webhook.canary.Phase.Initialized;
import dev.haldane.webhook.canary.Phase.Initializing;
import dev.haldane.webhook.canary.Phase.Progressing;
import dev.haldane.webhook.canary.Revision;
import dev.haldane.webhook.store.CanaryStatus;
import dev.haldane.webhook.store.KubernetesCanaryStore;
import dev.haldane.webhook.store.StoreConflict;
import dev.haldane.webhook.store.StoredCanary;
import dev.haldane.webhook.store.StoredCanary.Understood;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RealStoreTest {

    private static final Revision V1 = new Revision("t1-0000000000000001");
    private static final Revision V2 = new Revision("t1-0000000000000002");
    private static final Instant TEN = Instant.parse("2026-01-01T10:00:00.250Z");

    private Bench bench;
    private KubernetesCanaryStore store;

    @BeforeEach
    void open() {
        bench = Bench.open();
        store = new KubernetesCanaryStore(bench.cluster);
    }

    @Test
    void a_new_canary_is_listed_and_has_everything_before_it() {
        bench.apply(Bench.CANARY);
        await().until(() -> store.list().contains(bench.id()));

        assertThat(understood().status())
                .isEqualTo(new CanaryStatus(new Initializing(), Revision.NONE, "", Instant.EPOCH));
        assertThat(store.get(new CanaryId(bench.namespace, "other"))).isEmpty();
    }

    @Test
    void a_status_is_written_and_seen_by_kubectl() {
        bench.apply(Bench.CANARY);
        var status = new CanaryStatus(new Progressing(V2, 1, 2, TEN), V1, "podinfo 1.0.0 promoted", TEN);

        store.writeStatus(understood(), status);

        assertThat(understood().status()).isEqualTo(status);
        assertThat(bench.kubectl("get", "canary", "podinfo", "--no-headers"))
                .matches("(?s)podinfo +Progressing +40 .*");
        store.writeStatus(understood(), new CanaryStatus(new Initialized(V1), V1, "", TEN));
        bench.kubectl("wait", "canary/podinfo", "--for=condition=promoted", "--timeout=5s");
    }

    @Test
    void what_a_rollback_owes_to_git_is_remembered() {
        bench.apply(Bench.CANARY);
        var status = new CanaryStatus(new Failed(V2, "1.8.2", GitDebt.OWED), V1, "podinfo rolled back", TEN);

        store.writeStatus(understood(), status);

        assertThat(understood().status()).isEqualTo(status);
    }

    @Test
    void a_status_is_not_written_over_somebody_elses_change() {
        bench.apply(Bench.CANARY);
        var read = understood();
        bench.kubectl("annotate", "canary", "podinfo", "some=thing");

        assertThatThrownBy(() -> store.writeStatus(read, new CanaryStatus(new Initialized(V1), V1, "", TEN)))
                .isInstanceOf(StoreConflict.class);
        assertThat(bench.value("canary/podinfo", ".status")).isEmpty();
    }

    @Test
    void nonsense_is_unreadable_with_the_fields_path() {
        bench.apply(Bench.CANARY.replace("stepWeight: 20,", "iterations: 5,"));

        assertThat(store.get(bench.id()))
                .get()
                .isInstanceOfSatisfying(
                        StoredCanary.Unreadable.class,
                        canary -> assertThat(canary.problem())
                                .isEqualTo("spec.analysis.iterations is not supported: only weights (stepWeight or"
                                        + " stepWeights)"));
    }

    @Test
    void listeners_hear_of_the_canary_and_of_its_targets_revisions_but_not_of_our_own_writes() {
        var heard = new CopyOnWriteArrayList<CanaryId>();
        store.onChange(id -> {
            if (id.equals(bench.id())) {
                heard.add(id);
            }
        });

        bench.apply(Bench.CANARY);
        await().until(() -> heard.size() == 1);
        bench.apply(Bench.DEPLOYMENT);
        await().until(() -> heard.size() == 2);
        store.writeStatus(understood(), new CanaryStatus(new Initialized(V1), V1, "", TEN));
        bench.kubectl("scale", "deployment", "podinfo", "--replicas=3");
        bench.kubectl("set", "image", "deployment/podinfo", "podinfod=example.org/podinfo:2");
        await().until(() -> heard.size() == 3);
        bench.kubectl("patch", "canary", "podinfo", "--type=merge", "-p", "{\"spec\":{\"suspend\":true}}");
        await().until(() -> heard.size() == 4);
        bench.kubectl("delete", "canary", "podinfo");
        await().until(() -> heard.size() == 5);
        await().until(() -> !store.list().contains(bench.id()));
    }

    @Test
    void a_canary_at_rest_costs_no_request() {
        bench.apply(Bench.CANARY);
        store.writeStatus(understood(), new CanaryStatus(new Initialized(V1), V1, "", TEN));
        await().until(() -> {
            var settled = requests();
            return settled == requests();
        });
        var before = requests();

        for (int tick = 0; tick < 50; tick++) {
            assertThat(understood().status().phase()).isEqualTo(new Initialized(V1));
        }

        assertThat(requests() - before).isLessThanOrEqualTo(1);
    }

    @Test
    void a_new_leader_sees_what_the_old_one_wrote_last() {
        bench.apply(Bench.CANARY);
        understood();
        var other = new KubernetesCanaryStore(bench.cluster);
        other.writeStatus(
                (Understood) other.get(bench.id()).orElseThrow(), new CanaryStatus(new Initialized(V2), V2, "", TEN));

        bench.cluster.refresh();
        store.startOver();

        assertThat(understood().status().phase()).isEqualTo(new Initialized(V2));
    }

    /// Reads of single Canaries that the API server has answered so far.
    private long requests() {
        var prefix = "apiserver_request_total{";
        return bench.real
                .kubectl("get", "--raw", "/metrics")
                .orThrow()
                .lines()
                .filter(line -> line.startsWith(prefix)
                        && line.contains("resource=\"canaries\"")
                        && line.contains("verb=\"GET\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private Understood understood() {
        var canary = store.get(bench.id()).orElseThrow();
        assertThat(List.of(canary)).hasOnlyElementsOfType(Understood.class);
        return (Understood) canary;
    }
}
