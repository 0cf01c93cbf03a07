package dev.haldane.postrender.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.chart.ReleasePipeline.Silenced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleasePipelineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sh \"jx step changelog --version v1\" | sh \"jx step changelog --generate-yaml=false --version v1\"",
                "sh: jx step changelog | sh: jx step changelog --generate-yaml=false",
                "command: jx step changelog -v 1 | command: jx step changelog --generate-yaml=false -v 1",
                "cd x && jx step changelog | cd x && jx step changelog --generate-yaml=false",
                "sh 'A=b jx step changelog' | sh 'A=b jx step changelog --generate-yaml=false'",
                "sh(script: \"jx step changelog\") | sh(script: \"jx step changelog --generate-yaml=false\")",
                "sh \"jx step changelog --generate-yaml=true -v 1\" "
                        + "| sh \"jx step changelog --generate-yaml=true --generate-yaml=false -v 1\"",
                "sh \"jx step changelog --generate-yaml\" | sh \"jx step changelog --generate-yaml --generate-yaml=false\""
            })
    void a_call_is_told_not_to_write_the_file(String before, String after) {
        Silenced silenced = ReleasePipeline.silence(before, "myapp");

        assertThat(silenced.text()).isEqualTo(after);
        assertThat(ReleasePipeline.restore(after, silenced.calls(), ReleasePipeline.count(after)))
                .isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// sh \"jx step changelog\"",
                "# jx step changelog",
                "sh \"make\" // then jx step changelog",
                "echo \"see jx step changelog\"",
                "echo \"jx step changelog\"",
                "sh \"jx step changelog --help\"",
                "sh \"jx step changelog --generate-yaml=false\"",
                "sh \"jx step changelog --version 1 --generate-yaml=False\"",
                "sh \"jx step changelogs\"",
                "dir('./charts/other') {\n  sh \"jx step changelog\"\n}",
                "- dir: charts/other\n  steps:\n  - sh: jx step changelog"
            })
    void nothing_else_is_touched(String pipeline) {
        assertThat(ReleasePipeline.silence(pipeline, "myapp").text()).isEqualTo(pipeline);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dir('./charts/other') {\n  sh 'x'\n}\nsh \"jx step changelog\"",
                "dir('./charts/myapp') {\n  sh \"jx step changelog\"\n}",
                "- dir: charts/other\n  steps: []\n- dir: charts/myapp\n  steps:\n  - sh: jx step changelog"
            })
    void a_directory_counts_as_long_as_it_is_open(String pipeline) {
        assertThat(ReleasePipeline.silence(pipeline, "myapp").calls()).containsExactly(1);
    }

    @Test
    void a_command_over_several_lines_stays_one() {
        String pipeline = "- sh: |\n    jx step changelog \\\n      --version v1\n    jx promote\n";

        assertThat(ReleasePipeline.silence(pipeline, "myapp").text())
                .isEqualTo(
                        "- sh: |\n    jx step changelog --generate-yaml=false \\\n      --version v1\n    jx promote\n");
    }

    @Test
    void the_users_own_switch_stays_when_ours_goes() {
        String before = "sh \"jx step changelog --generate-yaml=false\"\nsh \"jx step changelog\"\n";
        Silenced silenced = ReleasePipeline.silence(before, "myapp");

        assertThat(silenced.calls()).containsExactly(2);
        assertThat(ReleasePipeline.restore(silenced.text(), silenced.calls(), 2))
                .isEqualTo(before);
    }
}
