package dev.haldane.postrender.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> RULES = List.of("inject-canary", "inject-virtualservice", "own-fields");

    @ParameterizedTest
    @CsvSource({
        "inject-canry, inject-canary",
        "inject-cnaary, inject-canary",
        "Inject-Canary, inject-canary",
        "own-field, own-fields",
        "inject-virtual-service, inject-virtualservice"
    })
    void a_slip_of_the_keyboard_finds_the_word(String slip, String word) {
        assertThat(Nearest.of(slip, RULES)).contains(word);
    }

    @Test
    void a_word_that_is_far_from_all_finds_none_and_the_remedy_lists_them() {
        assertThat(Nearest.of("linkerd", RULES)).isEmpty();
        assertThat(Nearest.remedy("linkerd", RULES))
                .isEqualTo("Known are inject-canary, inject-virtualservice, own-fields.");
    }

    @Test
    void the_nearest_of_two_wins() {
        assertThat(Nearest.of("tact", List.of("text", "tact2", "fact"))).contains("fact");
        assertThat(Nearest.of("x", List.of())).isEmpty();
    }
}
