package dev.haldane.postrender.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelmIgnoreTest {

    @ParameterizedTest
    @CsvSource({
        "canary.yaml, true",
        "templates/, true",
        "templates/canary.yaml, true",
        "/templates/c*.yaml, true",
        "*.yaml, true",
        "canary.y?ml, true",
        "c[a-d]nary.yaml, true",
        "# canary.yaml, false",
        "canary.yaml/, false",
        "*~, false",
        "charts/canary.yaml, false",
        "'*.yaml\n!canary.yaml', false"
    })
    void a_pattern_hides_what_helm_would_leave_out(String patterns, boolean hidden) {
        assertThat(new HelmIgnore(patterns).hides("templates/canary.yaml")).isEqualTo(hidden);
    }
}
