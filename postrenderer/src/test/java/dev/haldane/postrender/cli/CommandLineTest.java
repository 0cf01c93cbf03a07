package dev.haldane.postrender.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.cli.Command.Home;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Command.class)
    void every_command_has_help_and_the_overview_names_it(Command command) {
        Call help = Call.in(directory).of(command.word(), "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).contains("Usage: haldane " + command.word(), command.sentence(), "--help");
        assertThat(Call.in(directory).of("help", command.word())).isEqualTo(help);
        assertThat(Call.in(directory).of("help").out()).contains("\n  " + command.word());
    }

    @ParameterizedTest
    @EnumSource(Command.class)
    void help_fits_on_a_screen(Command command) {
        assertThat(Call.in(directory).of("help", command.word()).out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
        assertThat(Call.in(directory).of("help").out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }

    static Stream<Command> commandsOfALaterRelease() {
        return Arrays.stream(Command.values()).filter(c -> c.home() == Home.LATER);
    }

    @ParameterizedTest
    @MethodSource("commandsOfALaterRelease")
    void a_command_of_a_later_release_says_so_in_one_line_and_ends_with_2(Command command) {
        Call call = Call.in(directory).of(command.word(), "shop", "-n", "jx-production");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
        assertThat(call.err())
                .startsWith("haldane: a later release brings `" + command.word() + "`")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "post-rendr, Did you mean 'post-render'?",
        "upgrade, Known are post-render",
        "injct, Did you mean 'inject'?"
    })
    void an_unknown_command_gets_the_nearest_one(String word, String remedy) {
        Call call = Call.in(directory).of(word);

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).contains("unknown command '" + word + "'", remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "--stricct, unknown option '--stricct' of `haldane post-render`, Did you mean '--strict'?",
        "--report=xml, --report cannot be 'xml', 'Known are text, json, none.'",
        "--report=jsno, --report cannot be 'jsno', Did you mean 'json'?",
        "--strict=yes, --strict takes no value, Write --strict alone.",
        "--config, --config needs a value, --config FILE"
    })
    void a_wrong_option_is_explained(String option, String problem, String remedy) {
        Call call = Call.in(directory).of("post-render", option);

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).contains(problem, remedy);
    }

    @Test
    void the_server_is_not_in_here_but_its_help_is() {
        Call call = Call.in(directory).of("serve", "--listen", "127.0.0.1:0");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains("needs the server");
        assertThat(Call.in(directory).of("serve", "--help").out())
                .contains("--listen HOST:PORT", "--outbound-hosts", "HALDANE_HTTP_LISTEN");
    }

    @Test
    void nothing_but_a_terminal_gets_the_overview() {
        Call call = Call.in(directory).atTerminal(Surroundings.Stream.IN).of();

        assertThat(call.exitCode()).isZero();
        assertThat(call.out()).startsWith("haldane: canary releases");
        assertThat(Call.in(directory).of("-h")).isEqualTo(call);
    }

    @Test
    void the_version_names_the_build() {
        assertThat(Call.in(directory).of("version").out()).matches("haldane \\d+\\.\\d+\\.\\d+\\S* \\(.+\\)\n");
        assertThat(Call.in(directory).of("--version"))
                .isEqualTo(Call.in(directory).of("version"));
    }
}
