package dev.haldane.webhook.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.haldane.postrender.config.UserError;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoOptionsTest {

    @Test
    void without_options_the_bad_version_fails_for_a_third_on_the_embedded_server() {
        assertThat(DemoOptions.parse(List.of()))
                .isEqualTo(new DemoOptions(0.3, false, false, false, Optional.empty(), "auto"));
    }

    @Test
    void options_are_read_with_and_without_an_equals_sign() {
        assertThat(DemoOptions.parse(
                        List.of("--fail-rate=0", "--real-time", "--yes", "--control-plane", "real", "--color=never")))
                .isEqualTo(new DemoOptions(0, true, true, true, Optional.empty(), "never"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --fail-rate=2                  | --fail-rate: '2' is no share
            --fail-rate=NaN                | --fail-rate: 'NaN' is no share
            --fail-rate=much               | --fail-rate: 'much' is no share
            --fail-rate                    | --fail-rate needs a value
            --control-plane=kind           | --control-plane: 'kind' is none of its values
            --kubeconfig=/nowhere          | --kubeconfig: /nowhere cannot be read
            --kubeconfig=pom.xml           | --kubeconfig: the embedded API server has none
            --yes=1                        | --yes takes no value
            --fail-rat=1                   | unknown option '--fail-rat' of `haldane demo`
            1.0.0                          | `haldane demo` takes no '1.0.0'
            """)
    void nonsense_is_named(String word, String problem) {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> DemoOptions.parse(List.of(word)))
                .satisfies(error -> assertThat(error.problem()).isEqualTo(problem))
                .satisfies(error -> assertThat(error.exitCode()).isEqualTo(2));
    }
}
