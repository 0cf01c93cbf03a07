package dev.haldane.webhook.demo.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.webhook.demo.console.Glance.Limits;
import dev.haldane.webhook.demo.console.Glance.Side;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ConsolesTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, false, UTF_8);

    private static Glance glance(String phase, int weight) {
        var side = new Side("1.1.0", OptionalDouble.of(99.5), OptionalDouble.of(20), 10, 0);
        return new Glance("croc", Duration.ofSeconds(3), phase, weight, side, Side.NONE, new Limits(99, 500, 50), "");
    }

    private String text() {
        out.flush();
        return written.toString(UTF_8);
    }

    @Test
    void without_a_terminal_there_are_lines_with_times_and_no_control_characters() {
        try (var console = new PlainConsole(out, new Palette(false), () -> Duration.ofSeconds(67))) {
            console.chapter("1/3  It begins");
            console.line(Tone.BAD, "one\ntwo");
            console.show(glance("Progressing", 10));
            console.show(glance("Progressing", 10));
            console.show(glance("Progressing", 20));
        }

        assertThat(text()).isEqualTo("""

                1/3  It begins
                  1:07  one
                  1:07  two
                  1:07  Progressing, weight 10 %: primary 1.1.0, success 99.50 %, p99 20 ms; canary not running
                  1:07  Progressing, weight 20 %: primary 1.1.0, success 99.50 %, p99 20 ms; canary not running
                """);
    }

    @Test
    void the_panel_is_drawn_over_and_lines_stay_above_it() {
        var console = new LiveConsole(out, new Palette(false), () -> Duration.ZERO);
        console.show(glance("Progressing", 10));
        console.line(Tone.PLAIN, "an event");
        console.close();

        assertThat(text()).startsWith("\u001B[?25l── croc");
        assertThat(text()).contains("\u001B[7A\r\u001B[J  0:00  an event\n── croc");
        assertThat(text()).endsWith("  git      -\n\u001B[?25h");
    }

    @Test
    void after_its_end_it_leaves_the_terminal_alone() {
        var console = new LiveConsole(out, new Palette(false), () -> Duration.ZERO);
        console.close();
        console.show(glance("Progressing", 10));
        console.close();
        console.line(Tone.PLAIN, "the sum");

        assertThat(text()).isEqualTo("\u001B[?25l\u001B[?25h  0:00  the sum\n");
    }
}
