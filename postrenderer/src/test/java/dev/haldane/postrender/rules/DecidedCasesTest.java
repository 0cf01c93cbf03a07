package dev.haldane.postrender.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rule.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is done with each form of manifest, and said of it: a folder each with what comes in and the report, and the
/// table in `RULES.md`.
class DecidedCasesTest {

    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final Path TABLE = Path.of("RULES.md");

    /// A row of the table.
    private record Row(String name, String says) {}

    static List<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void is_reported_as_decided(String name) throws IOException {
        var report = CASES.resolve(name).resolve("report.txt");
        var said = rendering(name).report().text();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(report, said);
        }

        assertThat(said).isEqualTo(Files.readString(report));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void is_decided_once_and_can_be_taken_back(String name) {
        var before = Corpus.source(CASES.resolve(name).resolve("in.yaml"));
        var once = rendering(name);

        assertThat(RuleSet.of(RolloutDefaults.builtIn())
                        .rewrite(once.text(), "in.yaml", Release.UNKNOWN)
                        .text())
                .isEqualTo(once.text());
        if (!name.startsWith("old-api")) {
            assertThat(Uninject.undo(once.text(), "in.yaml").text()).isEqualTo(before.text());
        }
    }

    @Test
    void the_table_has_a_row_for_each_case_and_says_what_the_program_says() throws IOException {
        var rows = rows();

        assertThat(rows).extracting(Row::name).containsExactlyInAnyOrderElementsOf(cases());
        for (Row row : rows) {
            assertThat(sentences(row.name())).as(row.name()).contains(row.says());
        }
    }

    /// All that is said of a case; a dash where nothing is.
    private static List<String> sentences(String name) {
        var outcomes = rendering(name).report().outcomes();
        return outcomes.isEmpty()
                ? List.of("—")
                : outcomes.stream()
                        .map(outcome -> outcome.verb() + ": " + outcome.why())
                        .toList();
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\s*\\|\\s*"))
                .map(cells -> new Row(cells[1].replace("`", ""), cells[2]))
                .toList();
    }

    private static Rendering rendering(String name) {
        var in = Corpus.source(CASES.resolve(name).resolve("in.yaml"));
        return RuleSet.of(RolloutDefaults.builtIn()).rewrite(in.text(), "in.yaml", Release.UNKNOWN);
    }
}
