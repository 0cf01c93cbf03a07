package dev.haldane.postrender.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each [Call] of any test has its report checked; here is what the schema itself would catch.
class ReportSchemaTest {

    @TempDir
    Path directory;

    @Test
    void the_schema_is_printed_as_it_stands() throws Exception {
        Call call = Call.in(directory).of("report", "--schema");

        assertThat(call.exitCode()).isZero();
        assertThat(call.out())
                .isEqualTo(
                        Files.readString(Path.of("src/main/resources/dev/haldane/postrender/cli/report.schema.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"post-render", "inject", "uninject"})
    void a_report_is_as_the_schema_says(String command) {
        Call call = command.equals("post-render")
                ? Call.in(directory).reading(PostRenderTest.NO_SERVICE).of(command, "--report", "json")
                : Call.in(directory).reading(PostRenderTest.NO_SERVICE).of(command, "-", "--report", "json");

        assertThat(ReportSchema.problems(call.err())).isEmpty();
        assertThat(call.err()).contains("\"command\":\"" + command + "\"");
    }

    @Test
    void so_is_that_of_a_failure() {
        Call call = Call.in(directory).reading("a: [").of("post-render", "--report", "json");

        assertThat(ReportSchema.problems(call.err())).isEmpty();
        assertThat(call.err()).contains("\"exitCode\":3");
    }

    @Test
    void what_is_no_report_is_caught() {
        var report = Call.in(directory)
                .reading(PostRenderTest.NO_SERVICE)
                .of("post-render", "--report", "json")
                .err();

        assertThat(report).contains("\"reason\":\"NO_SERVICE\"", "\"exitCode\":0");
        assertThat(ReportSchema.problems(report.replace("\"reason\":\"NO_SERVICE\"", "\"x\":1")))
                .isNotEmpty();
        assertThat(ReportSchema.problems(report.replace("skipped", "forgotten")))
                .isNotEmpty();
        assertThat(ReportSchema.problems(report.replace("\"exitCode\":0", "\"exitCode\":2")))
                .as("a failure says why")
                .isNotEmpty();
    }
}
