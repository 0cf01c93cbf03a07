package dev.haldane.webhook.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.webhook.canary.CanaryId;
import dev.haldane.webhook.canary.Revision;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionHistoryTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final RollbackMark MARK =
            new RollbackMark(new CanaryId("jx-production", "shop"), "uid", new Revision("abc"));

    @Test
    void the_release_before_is_the_good_one_even_if_its_number_is_greater() {
        assertThat(history("2.0.0", "1.0.0").lastGoodBefore("1.0.0")).hasValue("2.0.0");
    }

    @Test
    void commits_that_leave_the_version_alone_do_not_matter() {
        assertThat(history("1.0.0", "1.0.0", "1.1.0", "1.1.0", "1.1.0").lastGoodBefore("1.1.0"))
                .hasValue("1.0.0");
    }

    @Test
    void what_names_no_release_is_passed_over() {
        assertThat(history("1.0.0", "latest", "^1.0.0", "*", "1.x", "1.1.0").lastGoodBefore("1.1.0"))
                .hasValue("1.0.0");
    }

    @Test
    void taking_out_and_adding_again_is_passed_over() {
        assertThat(history("1.0.0", "", "1.1.0").lastGoodBefore("1.1.0")).hasValue("1.0.0");
        assertThat(history("1.0.0", "1.1.0", "", "1.1.0").lastGoodBefore("1.1.0"))
                .hasValue("1.0.0");
    }

    @Test
    void a_version_that_was_rolled_back_is_not_good() {
        assertThat(history("1.0.0", "1.1.0", "!1.0.0", "1.2.0").lastGoodBefore("1.2.0"))
                .hasValue("1.0.0");
        assertThat(history("", "1.1.0", "!", "1.2.0").lastGoodBefore("1.2.0")).isEmpty();
    }

    @Test
    void a_version_that_was_rolled_back_and_promoted_again_later_is_good() {
        assertThat(history("1.0.0", "1.1.0", "!1.0.0", "1.1.0", "1.2.0").lastGoodBefore("1.2.0"))
                .hasValue("1.1.0");
    }

    @Test
    void the_first_release_has_none_before() {
        var history = history("", "", "1.0.0", "1.0.0");

        assertThat(history.lastGoodBefore("1.0.0")).isEmpty();
        assertThat(history.wasAdded("1.0.0")).isTrue();
    }

    @Test
    void an_entry_that_was_there_from_the_beginning_or_named_something_else_was_not_added() {
        assertThat(history("1.0.0", "1.0.0").wasAdded("1.0.0")).isFalse();
        assertThat(history("", "latest", "1.0.0").wasAdded("1.0.0")).isFalse();
    }

    @Test
    void the_promotion_is_the_commit_that_brought_the_value() {
        assertThat(history("1.0.0", "1.1.0", "1.1.0").promotion().orElseThrow().commit())
                .isEqualTo("commit1");
    }

    @Test
    void rollbacks_of_this_canary_are_counted_since_then() {
        var history = history("1.0.0", "!0.9.0", "1.0.0", "!0.9.0");

        assertThat(history.rollbacks(MARK, NOW.minus(Duration.ofDays(1)))).isEqualTo(2);
        assertThat(history.rollbacks(MARK, NOW.minus(Duration.ofMinutes(1)))).isEqualTo(1);
        var other = new RollbackMark(new CanaryId("jx-production", "sho"), "uid", new Revision("abc"));
        assertThat(history.rollbacks(other, NOW.minus(Duration.ofDays(1)))).isZero();
    }

    @Test
    void real_histories_are_understood() throws IOException {
        var bump = corpus("promotion-v2-bump", "dragoons-ui");

        assertThat(bump.lastGoodBefore("0.0.57")).hasValue("0.0.2");
        var second = new VersionHistory(bump.commits().subList(2, bump.commits().size()));
        assertThat(second.commits().getFirst().version()).hasValue("0.0.1");
        assertThat(second.lastGoodBefore("0.0.1")).isEmpty();
        assertThat(second.wasAdded("0.0.1")).isTrue();

        var first = corpus("promotion-v2-first", "ddddd");
        assertThat(first.lastGoodBefore("0.0.1")).isEmpty();
        assertThat(first.wasAdded("0.0.1")).isTrue();
        assertThat(corpus("promotion-v2-first", "expose").lastGoodBefore("2.3.118"))
                .hasValue("2.3.114");
    }

    private static VersionHistory corpus(String name, String app) throws IOException {
        var commits = new ArrayList<PastVersion>();
        for (var text : EnvironmentCorpus.history(name)) {
            commits.addFirst(new PastVersion("", "", NOW, "", Requirements.versionIn(text, app)));
        }
        return new VersionHistory(commits);
    }

    /// States from the oldest to the newest, an hour each; `""` is no entry, `!` is our own commit.
    private static VersionHistory history(String... states) {
        var commits = new ArrayList<PastVersion>();
        for (int i = 0; i < states.length; i++) {
            boolean ours = states[i].startsWith("!");
            var version = ours ? states[i].substring(1) : states[i];
            commits.addFirst(new PastVersion(
                    "commit" + i,
                    ours ? "shop 1.0.0 rolled back\n\n" + MARK.trailer() + "\n" : "promote",
                    NOW.minus(Duration.ofHours(states.length - 1L - i)),
                    "Jane <jane@example.com>",
                    version.isEmpty() ? Optional.empty() : Optional.of(version)));
        }
        return new VersionHistory(List.copyOf(commits));
    }
}
