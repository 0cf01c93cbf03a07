package dev.haldane.webhook.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.canary.Health;
import dev.haldane.webhook.cluster.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadinessTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String TWO_OF_TWO = "'replicas': 2, 'updatedReplicas': 2, 'availableReplicas': 2";
    private static final String NONE_OF_TWO = "'replicas': 2, 'updatedReplicas': 2";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T10:00:00Z"));
    private final Readiness readiness = new Readiness(now::get);

    @Test
    void a_deployment_with_all_replicas_is_ready() {
        assertThat(readiness.of(deployment(2, TWO_OF_TWO), MINUTE)).isEqualTo(new Health.Ready());
    }

    @Test
    void a_deployment_of_no_replicas_is_stopped() {
        assertThat(readiness.of(deployment(0, "'replicas': 0"), MINUTE)).isEqualTo(new Health.Stopped());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'updatedReplicas': 1 | 1 out of 2 new replicas have been updated",
                "'updatedReplicas': 2, 'replicas': 3 | 1 old replicas are pending termination",
                "'updatedReplicas': 2, 'replicas': 2, 'availableReplicas': 1"
                        + " | 1 of 2 (readyThreshold 100%) updated replicas are available"
            })
    void what_is_missing_is_said_in_flaggers_words(String status, String missing) {
        assertThat(readiness.of(deployment(2, status.replace("''", "'")), MINUTE))
                .isEqualTo(new Health.Pending("waiting for rollout to finish: " + missing));
    }

    @Test
    void a_change_that_the_controller_has_not_seen_is_waited_for() {
        var deployment =
                deployment(2, TWO_OF_TWO).with(json("{'generation': 4}").path("generation"), "metadata", "generation");

        assertThat(readiness.of(deployment, MINUTE))
                .isEqualTo(new Health.Pending("waiting for rollout to finish: observed deployment generation less than"
                        + " desired generation"));
    }

    @Test
    void what_kubernetes_has_given_up_is_stuck() {
        var late = NONE_OF_TWO + ", 'conditions': [{'type': 'Progressing', 'reason': 'ProgressDeadlineExceeded'}]";

        assertThat(readiness.of(deployment(2, late), MINUTE))
                .isEqualTo(new Health.Stuck("deployment \"podinfo\" exceeded its progress deadline"));
    }

    @Test
    void each_wait_has_the_whole_deadline() {
        assertThat(readiness.of(deployment(2, NONE_OF_TWO), MINUTE)).isInstanceOf(Health.Pending.class);
        pass(MINUTE);
        assertThat(readiness.of(deployment(2, NONE_OF_TWO), MINUTE)).isInstanceOf(Health.Pending.class);
        assertThat(readiness.of(deployment(2, TWO_OF_TWO), MINUTE)).isInstanceOf(Health.Ready.class);
        pass(MINUTE);
        assertThat(readiness.of(deployment(2, NONE_OF_TWO), MINUTE)).isInstanceOf(Health.Pending.class);
        pass(MINUTE.plusSeconds(1));
        assertThat(readiness.of(deployment(2, NONE_OF_TWO), MINUTE)).isInstanceOf(Health.Stuck.class);
    }

    @Test
    void a_restarted_server_knows_from_the_conditions_when_the_wait_began() {
        var since = NONE_OF_TWO
                + ", 'conditions': [{'type': 'Available', 'status': 'False', 'lastTransitionTime': '%s'},"
                + " {'type': 'Progressing', 'status': 'True', 'lastUpdateTime': '%s'}]";

        var old = deployment(2, since.formatted("2026-01-01T09:58:00Z", "2026-01-01T09:57:00Z"));
        assertThat(readiness.of(old, MINUTE)).isInstanceOf(Health.Stuck.class);

        var mended = deployment(2, since.formatted("2026-01-01T09:58:00Z", "2026-01-01T09:59:50Z"));
        assertThat(new Readiness(now::get).of(mended, MINUTE)).isInstanceOf(Health.Pending.class);
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private static KubeObject deployment(int replicas, String status) {
        return new KubeObject(
                json("{'metadata': {'name': 'podinfo', 'uid': 'u', 'generation': 3}, 'spec': {'replicas': " + replicas
                        + "}, 'status': {'observedGeneration': 3, " + status + "}}"));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
