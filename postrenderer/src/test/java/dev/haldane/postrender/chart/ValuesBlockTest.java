package dev.haldane.postrender.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.haldane.postrender.chart.ValuesBlock.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesBlockTest {
    private static final List<Entry> ENTRIES = List.of(
            new Entry("enabled", List.of("enabled: true")),
            new Entry("analysis", List.of("# how", "analysis:", "  threshold: 5")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a: 1",
                "a: 1\n",
                "a: 1\r\nb: 2\r\n",
                "a: 1\r\nb: 2",
                "a:\n  b: 1\n  # c: 2",
                "# only a comment\n",
                "# only a comment",
                "a: |\n  text\n",
                "canary:\na: 1\n",
                "canary: # later\na: 1\n",
                "canary:\n    # as ever\n    host: x\na: 1",
                "canary:\n  enabled: false\n  host: x\n",
                "canary:\r\n  enable: false\r\n",
                "jx:\n  a: 1 \n\n\n"
            })
    void every_byte_is_restored(String values) {
        String after = ValuesBlock.into(values, ENTRIES);

        assertThat(after).isNotEqualTo(values);
        assertThat(ValuesBlock.isIn(after)).isTrue();
        assertThat(ValuesBlock.without(after)).contains(values);
        assertThat(ValuesBlock.mapping(after).at("canary", "analysis", "threshold"))
                .isPresent();
    }

    @Test
    void the_switch_is_the_first_key_two_blanks_in() {
        assertThat(ValuesBlock.into("a: 1\n", ENTRIES)).isEqualTo("""
                a: 1
                # >>> haldane inject
                # Releases get their share of the requests step by step, and are sent back when they fail.
                # With `enabled: false` the chart renders as it did before.
                canary:
                  enabled: true
                  # how
                  analysis:
                    threshold: 5
                # <<< haldane inject
                """);
    }

    @Test
    void what_is_there_is_kept_and_what_is_missing_is_added() {
        assertThat(ValuesBlock.into("canary:\n  enable: false\n  host: x\n", ENTRIES))
                .isEqualTo("""
                canary:
                  # >>> haldane inject
                  # how
                  analysis:
                    threshold: 5
                  # <<< haldane inject
                  enable: false
                  host: x
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary: true\n",
                "canary: {enabled: true}\n",
                "{a: 1}\n",
                "a: 1\n---\nb: 2\n",
                "- a\n",
                "a: |\n  text without a line break",
                "a:\n  b: >\n    text without a line break",
                "a: 1\n...\n"
            })
    void what_cannot_be_edited_safely_is_left(String values) {
        assertThatThrownBy(() -> ValuesBlock.into(values, ENTRIES))
                .isInstanceOfAny(UnsupportedShape.class, dev.haldane.postrender.config.UserError.class);
    }

    @Test
    void a_file_of_ours_goes_as_a_whole_unless_somebody_has_added_to_it() {
        String alone = ValuesBlock.alone(ENTRIES);

        assertThat(ValuesBlock.without(alone)).isEmpty();
        assertThat(ValuesBlock.without(alone + "mine: 1\n")).contains("mine: 1\n");
    }

    @Test
    void what_somebody_wrote_behind_the_block_stays() {
        String glued = ValuesBlock.into("a: 1", ENTRIES);

        assertThat(ValuesBlock.without(glued + "\nmine: 1\n")).contains("a: 1\nmine: 1\n");
    }

    @Test
    void the_words_that_a_release_rewrites_do_not_occur() {
        assertThat(ValuesBlock.into("a: 1\n", ENTRIES)).doesNotContain("tag:", "repository:", "version:");
    }
}
