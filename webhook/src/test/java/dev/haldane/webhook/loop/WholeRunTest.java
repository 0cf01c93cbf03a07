package dev.haldane.webhook.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.webhook.canary.Health;
import dev.haldane.webhook.canary.Phase;
import dev.haldane.webhook.canary.Phase.Failed;
import dev.haldane.webhook.canary.Phase.GitDebt;
import dev.haldane.webhook.canary.Phase.Initialized;
import dev.haldane.webhook.canary.Phase.Progressing;
import dev.haldane.webhook.canary.Phase.Succeeded;
import dev.haldane.webhook.canary.Revision;
import dev.haldane.webhook.events.EventSink.Message;
import dev.haldane.webhook.rollout.Specs;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whole runs of the shell with a world that a test holds in its hands.
class WholeRunTest {

    private static final String TARGET = "jx-croc-hunter.jx-production";
    private static final String CANARY = "croc-hunter.jx-production";

    private final Rehearsal it = new Rehearsal(Specs.steps(10, 20, 30, 40, 50));

    @BeforeEach
    void initialised() {
        it.until(phase -> phase instanceof Initialized);
    }

    private void deploy(String revision) {
        it.cluster.deploy(revision);
        it.repository.version = "1." + revision.substring(1) + ".0";
        it.messages.clear();
        it.wake();
    }

    @Test
    void a_good_revision_is_promoted_in_the_articles_words() {
        deploy("v2");
        it.until(phase -> phase instanceof Succeeded);
        assertThat(it.texts())
                .containsExactly(
                        "New revision detected! Scaling up " + TARGET,
                        "Starting canary analysis for " + TARGET,
                        "Advance " + CANARY + " canary weight 10",
                        "Advance " + CANARY + " canary weight 20",
                        "Advance " + CANARY + " canary weight 30",
                        "Advance " + CANARY + " canary weight 40",
                        "Advance " + CANARY + " canary weight 50",
                        "Copying " + TARGET + " template spec to jx-croc-hunter-primary.jx-production",
                        "Routing all traffic to primary",
                        "Promotion completed! Scaling down " + TARGET,
                        "croc-hunter 1.2.0 promoted: 3 of 1204 requests failed (0.2 %), primary 0.4 %, limit 1 %");
        assertThat(it.cluster.primary).contains(new Revision("v2"));
        assertThat(it.cluster.targetRuns).isFalse();
        assertThat(it.cluster.weight.percent()).isZero();
        assertThat(it.cluster.status().promoted()).isEqualTo(new Revision("v2"));
        assertThat(it.cluster.status().verdict()).startsWith("croc-hunter 1.2.0 promoted: 3 of 1204");
        assertThat(it.repository.requests).isEmpty();
    }

    @Test
    void a_run_takes_one_interval_for_each_step_and_counts_its_requests_from_the_start() {
        var start = it.now();
        deploy("v2");
        it.until(phase -> phase instanceof Succeeded);
        // Five weights, the copy, the routes, the end; the first weight comes one interval after the revision.
        assertThat(Duration.between(start, it.now())).isEqualTo(Duration.ofMinutes(8));
        assertThat(it.metrics.lastWindow).isEqualTo(Duration.ofMinutes(8));
    }

    @Test
    void a_bad_revision_is_rolled_back_and_git_is_put_right_at_once() {
        deploy("v2");
        it.until(phase -> phase instanceof Progressing p && p.step() == 1);
        it.metrics.success = OptionalDouble.of(95.9);
        it.metrics.canary = new dev.haldane.webhook.analysis.Tally(912, 37);
        it.until(phase -> phase instanceof Failed);
        var traffic = it.now();
        it.until(phase -> phase instanceof Failed f && f.git() == GitDebt.SETTLED);
        var verdict = "croc-hunter 1.2.0 rolled back: 37 of 912 requests failed (4.1 %), primary 0.4 %, limit 1 %";
        assertThat(it.now()).isEqualTo(traffic);
        assertThat(it.texts())
                .endsWith(
                        "Halt " + CANARY + " advancement success rate 95.90% < 99%",
                        "Halt " + CANARY + " advancement success rate 95.90% < 99%",
                        "Rolling back " + CANARY + " failed checks threshold reached 2",
                        "Canary failed! Scaling down " + CANARY,
                        verdict,
                        "Git reverted for " + CANARY + ": croc-hunter is 1.1.0 again in environment, commit abc1234");
        assertThat(it.cluster.status().verdict()).isEqualTo(verdict);
        assertThat(it.repository.requests).singleElement().satisfies(request -> {
            assertThat(request.verdict()).isEqualTo(verdict);
            assertThat(request.badVersion()).isEqualTo("1.2.0");
        });
        assertThat(it.messages).extracting(Message::reason).contains("RolledBack");
        assertThat(it.cluster.status().promoted()).isEqualTo(new Revision("v1"));
    }

    @Test
    void a_wake_up_between_two_intervals_asks_no_metrics_and_moves_nothing() {
        deploy("v2");
        it.until(phase -> phase instanceof Progressing p && p.step() == 0);
        var before = it.phase();
        for (int i = 0; i < 59; i++) {
            it.sleep(Duration.ofSeconds(1));
            it.wake();
        }
        assertThat(it.phase()).isEqualTo(before);
        assertThat(it.metrics.questions).isZero();
        it.sleep(Duration.ofSeconds(1));
        it.wake();
        assertThat(it.phase())
                .isInstanceOfSatisfying(
                        Progressing.class, p -> assertThat(p.step()).isEqualTo(1));
    }

    @Test
    void an_outage_of_the_provider_holds_is_told_once_and_fails_no_check() {
        deploy("v2");
        it.until(phase -> phase instanceof Progressing p && p.step() == 1);
        var before = it.phase();
        it.messages.clear();
        it.metrics.down = true;
        it.ticks(15);
        it.wake();
        it.ticks(3);
        assertThat(it.phase()).isEqualTo(before);
        assertThat(it.texts())
                .containsExactly("Prometheus query failed: running query failed: request failed: connection refused");
        it.metrics.down = false;
        it.tick();
        it.metrics.down = true;
        it.ticks(2);
        assertThat(it.texts())
                .filteredOn(text -> text.startsWith("Prometheus query failed"))
                .hasSize(2);
        it.metrics.down = false;
        it.until(phase -> phase instanceof Succeeded);
    }

    @Test
    void an_unreachable_repository_is_tried_again_and_told_once() {
        deploy("v2");
        it.cluster.targetHealth = Optional.of(new Health.Stuck("deadline"));
        it.repository.unreachable = true;
        it.until(phase -> phase instanceof Failed);
        it.ticks(5);
        assertThat(it.repository.requests).hasSizeGreaterThan(3);
        assertThat(it.texts())
                .filteredOn(text -> text.startsWith("Git not reverted"))
                .hasSize(1);
        it.repository.unreachable = false;
        it.until(phase -> phase instanceof Failed f && f.git() == GitDebt.SETTLED);
        assertThat(it.repository.commits()).isEqualTo(1);
    }

    @Test
    void a_resting_canary_writes_nothing() {
        var writes = it.cluster.statusWrites;
        it.ticks(20);
        assertThat(it.cluster.statusWrites).isEqualTo(writes);
        assertThat(it.cluster.weights).isEmpty();
    }

    @Test
    void drift_is_mended_and_resets_no_weight() {
        deploy("v2");
        it.until(phase -> phase instanceof Progressing p && p.step() == 2);
        it.cluster.weight = dev.haldane.webhook.canary.Weight.NONE;
        it.wake();
        assertThat(it.cluster.weight.percent()).isEqualTo(30);
        it.until(phase -> phase instanceof Succeeded);
        it.cluster.targetRuns = true;
        it.cluster.weight = new dev.haldane.webhook.canary.Weight(50);
        it.tick();
        assertThat(it.cluster.weight.percent()).isZero();
        assertThat(it.cluster.targetRuns).isFalse();
    }

    @Test
    void requests_leave_a_canary_before_it_is_stopped() {
        deploy("v2");
        it.until(phase -> phase instanceof Progressing p && p.step() == 1);
        it.pauses.clear();
        it.cluster.targetHealth = Optional.of(new Health.Stuck("deadline"));
        it.wake();
        assertThat(it.phase()).isInstanceOf(Failed.class);
        assertThat(it.pauses).containsExactly(Pause.MESH);
    }

    @Test
    void a_missing_target_is_told_once_and_nothing_else_happens() {
        it.messages.clear();
        it.cluster.targetHealth = Optional.of(new Health.Missing("deployment " + TARGET + " not found"));
        it.cluster.targetRuns = true;
        it.ticks(3);
        assertThat(it.texts()).containsExactly("deployment " + TARGET + " not found");
        assertThat(it.phase()).isInstanceOf(Initialized.class);
    }

    @Test
    void a_canary_that_cannot_be_read_is_told_with_its_field_and_read_again() {
        it.cluster.problem = Optional.of("spec.analysis.interval is \"soon\", not a duration such as 60s");
        it.messages.clear();
        it.ticks(3);
        assertThat(it.messages).singleElement().satisfies(message -> {
            assertThat(message.reason()).isEqualTo("Unreadable");
            assertThat(message.text()).startsWith("spec.analysis.interval");
        });
        it.cluster.problem = Optional.empty();
        deploy("v2");
        assertThat(it.phase()).isInstanceOf(Progressing.class);
    }

    @Test
    void a_deleted_canary_is_forgotten() {
        assertThat(it.meters.scrape()).contains("flagger_canary_status{name=\"jx-croc-hunter\"");
        it.cluster.deleted = true;
        it.wake();
        assertThat(it.next()).isEmpty();
        assertThat(it.meters.scrape()).doesNotContain("jx-croc-hunter");
    }

    @Test
    void figures_have_flaggers_names() {
        deploy("v2");
        it.until(phase -> phase instanceof Progressing p && p.step() == 2);
        assertThat(it.meters.scrape())
                .contains(
                        "flagger_info{version=\"test\",mesh_provider=\"istio\"} 1\n",
                        "flagger_canary_total{namespace=\"jx-production\"} 1\n",
                        "flagger_canary_status{name=\"jx-croc-hunter\",namespace=\"jx-production\"} 0\n",
                        "flagger_canary_weight{workload=\"jx-croc-hunter-primary\",namespace=\"jx-production\"} 70\n",
                        "flagger_canary_weight{workload=\"jx-croc-hunter\",namespace=\"jx-production\"} 30\n",
                        "metric=\"request-success-rate\"} 100\n",
                        "metric=\"request-duration\"} 0.12\n",
                        "flagger_canary_duration_seconds_count{name=\"jx-croc-hunter\",namespace=\"jx-production\"} 2\n");
        it.until(phase -> phase instanceof Succeeded);
        assertThat(it.meters.scrape())
                .contains("flagger_canary_successes_total{name=\"jx-croc-hunter\",namespace=\"jx-production\","
                        + "deployment_strategy=\"canary\",analysis_status=\"completed\"} 1\n");
    }

    @Test
    void the_first_status_is_written_although_the_phase_is_the_same() {
        var fresh = new Rehearsal(Specs.steps(10));
        fresh.cluster.primaryHealth = Optional.of(new Health.Pending("waiting for rollout to finish"));
        fresh.tick();
        assertThat(fresh.phase()).isEqualTo(new Phase.Initializing());
        assertThat(fresh.cluster.statusWrites).isEqualTo(1);
        fresh.ticks(3);
        assertThat(fresh.cluster.statusWrites).isEqualTo(1);
    }
}
