package dev.haldane.webhook.demo.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FateTest {

    @Test
    void a_version_that_never_fails_must_be_promoted_and_a_bad_one_rolled_back() {
        assertThat(new Fate(0).expectsRollback()).contains(false);
        assertThat(new Fate(0.3).expectsRollback()).contains(true);
        assertThat(new Fate(0.01).expectsRollback()).isEmpty();
    }

    @Test
    void a_share_is_between_0_and_1_and_is_said_in_percent() {
        assertThat(new Fate(0.3).percent()).isEqualTo("30 %");
        assertThat(new Fate(0.005).percent()).isEqualTo("0.5 %");
        assertThatThrownBy(() -> new Fate(Double.NaN)).hasMessageContaining("between 0 and 1");
    }
}
