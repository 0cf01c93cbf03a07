package dev.haldane.e2e.helm;

import static dev.haldane.e2e.RealParts.checkout;
import static dev.haldane.e2e.RealParts.programOrSkip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.e2e.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the README shows under `console` is what the commands print: each line behind `$` is run in a copy of the
/// charts, and its output is compared. A line `…` stands for any lines.
class ReadmeCommandsTest {

    @TempDir
    Path folder;

    /// @param command as it stands in the README
    /// @param output  what the README shows of it
    record Shown(String command, String output) {
        @Override
        public String toString() {
            return command;
        }
    }

    static List<Shown> commands() throws IOException {
        var shown = new ArrayList<Shown>();
        var blocks = Pattern.compile("(?ms)^```console\\n(.*?)^```");
        var commands = Pattern.compile("(?ms)^\\$ (.*?)\\n(.*?)(?=^\\$ |\\z)");
        blocks.matcher(Files.readString(checkout("README.md")))
                .results()
                .flatMap(block -> commands.matcher(block.group(1)).results())
                .forEach(command -> shown.add(new Shown(command.group(1), command.group(2))));
        return shown;
    }

    @BeforeEach
    void copy() throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(folder.resolve("bin/helm"), programOrSkip("helm3"));
        Files.createSymbolicLink(folder.resolve("haldane"), Packaged.launcher());
        var charts = Files.createDirectories(folder.resolve("charts"));
        Program.run(List.of("cp", "-r", checkout("charts/croc-hunter").toString(), charts.toString()), Map.of(), "")
                .orThrow();
    }

    /// JUnit warns of links out of its folder.
    @AfterEach
    void removeLinks() throws IOException {
        Files.deleteIfExists(folder.resolve("bin/helm"));
        Files.deleteIfExists(folder.resolve("haldane"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void prints_what_is_shown(Shown shown) {
        var environment = new HashMap<>(Packaged.environment(folder));
        environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        var script = "cd '" + folder + "' && exec 2>&1 && " + shown.command();
        var printed = Program.run(List.of("bash", "-c", script), environment, "");

        assertThat(printed.status()).as(printed.out()).isZero();
        assertThat(printed.out()).matches(pattern(shown.output()));
    }

    /// The text itself, but for lines with nothing but `…`.
    private static String pattern(String output) {
        var pattern = new StringBuilder("(?s)");
        output.lines().forEach(line -> pattern.append(line.equals("…") ? ".*" : Pattern.quote(line + "\n")));
        return pattern.toString();
    }
}
