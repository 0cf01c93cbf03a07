package dev.haldane.webhook.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.canary.Phase;
import dev.haldane.webhook.rollout.Specs;
import dev.haldane.webhook.workload.WorkloadView;
import dev.haldane.webhook.workload.Workloads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The threads: who wakes whom, what an exception does, what is left when leadership is lost.
class CanaryLoopTest {

    private final FakeCluster cluster = new FakeCluster(Specs.steps(10, 50));
    private final ScriptedMetrics metrics = new ScriptedMetrics();
    private final CopyOnWriteArrayList<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final CanaryLoop loop = new CanaryLoop(
            new Ports(
                    cluster,
                    new Unreliable(),
                    cluster,
                    metrics,
                    new FakeRepository(),
                    (_, message) -> told.add(message.text())),
            new CanaryMeters("test"),
            InstantSource.system());

    @AfterEach
    void stop() {
        loop.close();
    }

    private void awaitPhase(Class<? extends Phase> phase) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> phase.isInstance(cluster.status().phase()));
    }

    @Test
    void a_canary_is_run_from_the_start_and_woken_by_a_change() {
        loop.start();
        awaitPhase(Phase.Initialized.class);
        cluster.deploy("v2");
        awaitPhase(Phase.Progressing.class);
        assertThat(told).last().asString().startsWith("New revision detected!");
    }

    @Test
    void nothing_happens_before_the_start_and_after_the_stop() {
        cluster.tellListeners();
        assertThat(looks).hasValue(0);
        loop.start();
        awaitPhase(Phase.Initialized.class);
        loop.stop();
        var before = looks.get();
        cluster.deploy("v2");
        assertThat(looks).hasValue(before);
        loop.start();
        awaitPhase(Phase.Progressing.class);
    }

    @Test
    void an_exception_ends_a_tick_not_the_canary() {
        refusals.set(2);
        loop.start();
        awaitPhase(Phase.Initialized.class);
        assertThat(refusals.get()).isNotPositive();
    }

    @Test
    void a_conflict_is_looked_at_again() {
        loop.start();
        awaitPhase(Phase.Initialized.class);
        cluster.somebodyElseWrites();
        cluster.deploy("v2");
        awaitPhase(Phase.Progressing.class);
    }

    @Test
    void a_deleted_canary_that_comes_back_is_run_again() {
        loop.start();
        awaitPhase(Phase.Initialized.class);
        cluster.deleted = true;
        cluster.tellListeners();
        cluster.deleted = false;
        cluster.deploy("v2");
        awaitPhase(Phase.Progressing.class);
    }

    /// The cluster, but the API server is away for as many looks as a test wants.
    private final class Unreliable implements Workloads {

        @Override
        public WorkloadView look(CanarySpec spec) {
            looks.incrementAndGet();
            if (refusals.getAndDecrement() > 0) {
                throw new ClusterUnavailable("cannot get deployment: connection refused");
            }
            return cluster.look(spec);
        }

        @Override
        public void ensurePrimary(CanarySpec spec, WorkloadView seen) {
            cluster.ensurePrimary(spec, seen);
        }

        @Override
        public void ensureApex(CanarySpec spec, WorkloadView seen) {
            cluster.ensureApex(spec, seen);
        }

        @Override
        public void startTarget(CanarySpec spec, WorkloadView seen) {
            cluster.startTarget(spec, seen);
        }

        @Override
        public void stopTarget(CanarySpec spec) {
            cluster.stopTarget(spec);
        }

        @Override
        public void promote(CanarySpec spec, WorkloadView seen) {
            cluster.promote(spec, seen);
        }
    }
}
