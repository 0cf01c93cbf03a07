package dev.haldane.webhook.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PushAnswerTest {

    @Test
    void a_lost_race_is_run_again() {
        for (var text : List.of(
                "non-fast-forward",
                "fetch first",
                "cannot lock ref 'refs/heads/master': is at 11 but expected 22",
                "failed to update ref",
                "incorrect old value provided",
                "stale info")) {
            assertThat(PushAnswer.refused(text)).isEqualTo(new PushAnswer.Outrun(text));
        }
    }

    @Test
    void what_is_forbidden_stays_forbidden() {
        for (var text : List.of(
                "pre-receive hook declined",
                "protected branch hook declined (error: GH006: Protected branch update failed for refs/heads/master.)",
                "push declined due to repository rule violations (error: GH013: cannot lock ref)",
                "You are not allowed to push code to protected branches on this project.",
                "Not allowed to push to protected branch master",
                "prohibited by Gerrit: not permitted: update")) {
            assertThat(PushAnswer.refused(text)).isEqualTo(new PushAnswer.Forbidden(text));
        }
    }

    @Test
    void anything_else_may_be_over_later() {
        assertThat(PushAnswer.refused("unpacker error: disk full"))
                .isEqualTo(new PushAnswer.Broken("unpacker error: disk full"));
    }
}
