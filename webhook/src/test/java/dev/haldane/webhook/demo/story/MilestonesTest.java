package dev.haldane.webhook.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.webhook.demo.story.Facts.Workload;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MilestonesTest {

    private final Milestones milestones = new Milestones();

    private void note(int second, int weight, boolean answered, boolean gitRight) {
        var facts = new Facts("Progressing", "", OptionalInt.of(weight), Workload.NONE, Workload.NONE, "");
        milestones.note(Duration.ofSeconds(second), facts, answered, gitRight);
    }

    @Test
    void each_weight_is_kept_once_from_the_first_that_is_not_zero() {
        note(0, 0, false, false);
        note(1, 10, true, false);
        note(2, 10, true, false);
        note(3, 20, true, false);
        note(4, 0, true, false);

        assertThat(milestones.weights()).containsExactly(10, 20, 0);
    }

    @Test
    void a_rollback_is_timed_from_the_first_answer_and_Git_from_the_rollback() {
        note(1, 10, false, false);
        note(2, 10, true, false);
        note(7, 0, true, false);
        note(9, 0, true, true);
        note(12, 0, true, true);

        assertThat(milestones.trafficBack()).contains(Duration.ofSeconds(5));
        assertThat(milestones.gitBack()).contains(Duration.ofSeconds(2));
    }

    @Test
    void what_has_not_happened_has_no_time() {
        note(1, 10, true, true);

        assertThat(milestones.trafficBack()).isEmpty();
        assertThat(milestones.gitBack()).isEmpty();
    }
}
