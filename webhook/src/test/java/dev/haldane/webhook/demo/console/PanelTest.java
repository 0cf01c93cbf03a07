package dev.haldane.webhook.demo.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.webhook.demo.console.Glance.Limits;
import dev.haldane.webhook.demo.console.Glance.Side;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PanelTest {

    private static final Side GOOD = new Side("1.1.0", OptionalDouble.of(100), OptionalDouble.of(24.7), 1234, 0);
    private static final Side BAD = new Side("1.2.0", OptionalDouble.of(71.428), OptionalDouble.of(812), 87, 25);

    private static Glance glance(int weight, Side canary) {
        return new Glance(
                "croc-hunter in jx-production",
                Duration.ofSeconds(77),
                "Progressing",
                weight,
                GOOD,
                canary,
                new Limits(99, 500, 50),
                "env/requirements.yaml wants croc-hunter 1.2.0");
    }

    @Test
    void shows_weight_rates_limits_and_Git() {
        var lines = new Panel(new Palette(false)).lines(glance(20, BAD));

        assertThat(String.join("\n", lines)).isEqualTo("""
                ── croc-hunter in jx-production ────────────────────────────────────── 1:17 ──
                  phase    Progressing
                  weight   ██████████··············|·························   20 %
                  primary  1.1.0   success 100.00 %  p99    25 ms    1234 requests    0 failed
                  canary   1.2.0   success  71.43 %  p99   812 ms      87 requests   25 failed
                  limits           success  99.00 %  p99   500 ms
                  git      env/requirements.yaml wants croc-hunter 1.2.0""");
    }

    @Test
    void fits_a_terminal_of_80_columns() {
        assertThat(new Panel(new Palette(false)).lines(glance(100, BAD)))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
    }

    @Test
    void a_canary_that_does_not_run_has_no_numbers() {
        assertThat(new Panel(new Palette(false)).lines(glance(0, Side.NONE))).contains("  canary   not running");
    }

    @Test
    void what_breaks_a_limit_is_red() {
        var lines = new Panel(new Palette(true)).lines(glance(20, BAD));

        assertThat(lines.get(3)).doesNotContain("\u001B[31m");
        assertThat(lines.get(4)).contains("\u001B[31msuccess  71.43 %", "\u001B[31mp99   812 ms");
    }
}
