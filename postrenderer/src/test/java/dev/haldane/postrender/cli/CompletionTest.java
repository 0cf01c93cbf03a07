package dev.haldane.postrender.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each script in its real shell, where that shell is.
class CompletionTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void the_shell_accepts_its_script(String shell) throws Exception {
        assertThat(run(
                        shell,
                        shell.equals("fish") ? "--no-execute" : "-n",
                        script(shell).toString()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, haldane po, post-render",
        "2, haldane post-render --rep, --report --report-file",
        "3, haldane inject --report t, text",
        "2, haldane completion z, zsh",
        "2, haldane help unin, uninject"
    })
    void bash_completes(int word, String line, String answer) throws Exception {
        String typed = """
                source %s
                COMP_WORDS=(%s) COMP_CWORD=%d
                _haldane
                echo "${COMPREPLY[@]}"
                """.formatted(script("bash"), line, word);
        assertThat(run("bash", "-c", typed).strip()).isEqualTo(answer);
    }

    @ParameterizedTest
    @EnumSource(Command.class)
    void fish_knows_every_command_and_option(Command command) {
        String fish = Completion.fish();
        assertThat(fish).contains(" -a " + command.word() + " -d ");
        assertThat(command.options())
                .allSatisfy(option -> assertThat(fish)
                        .contains("__fish_seen_subcommand_from " + command.word() + "' -l "
                                + option.spelling().substring(2)));
    }

    @Test
    void an_unknown_shell_is_refused() {
        Call call = Call.in(directory).of("completion", "fsh");
        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains("no completion for 'fsh'", "Did you mean 'fish'?");
        assertThat(Call.in(directory).of("completion").err()).contains("bash|zsh|fish");
    }

    private Path script(String shell) throws IOException {
        return Files.writeString(
                directory.resolve("haldane." + shell),
                Call.in(directory).of("completion", shell).out());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        assumeTrue(isOnPath(command[0]), "skipped: no " + command[0] + " on PATH");
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static boolean isOnPath(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, program)));
    }
}
