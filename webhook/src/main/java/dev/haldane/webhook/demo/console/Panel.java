package dev.haldane.webhook.demo.console;

import dev.haldane.webhook.demo.console.Glance.Limits;
import dev.haldane.webhook.demo.console.Glance.Side;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// A [Glance] as a few lines of at most 78 columns.
final class Panel {

    private static final int WIDTH = 78;
    private static final int BAR = 50;

    private final Palette palette;

    Panel(Palette palette) {
        this.palette = palette;
    }

    List<String> lines(Glance now) {
        return List.of(
                palette.paint(Tone.QUIET, rule(now)),
                "  phase    " + palette.strong(now.phase().isEmpty() ? "-" : now.phase()),
                "  weight   " + bar(now) + "  " + palette.strong("%3d %%".formatted(now.weight())),
                side("primary", now.primary(), now.limits()),
                side("canary", now.canary(), now.limits()),
                palette.paint(Tone.QUIET, limits(now.limits())),
                "  git      " + (now.git().isEmpty() ? "-" : now.git()));
    }

    private static String rule(Glance now) {
        var left = "── " + now.title() + " ";
        var right = " " + Clock.minutes(now.elapsed()) + " ──";
        return left + "─".repeat(Math.max(1, WIDTH - left.length() - right.length())) + right;
    }

    /// Two percent each cell; the weight where the analysis ends is marked.
    private String bar(Glance now) {
        int full = now.weight() * BAR / 100;
        int end = now.limits().maxWeight() * BAR / 100;
        var rest = new StringBuilder("·".repeat(BAR - full));
        if (end > full) {
            rest.setCharAt(end - full - 1, '|');
        }
        return palette.paint(Tone.GOOD, "█".repeat(full)) + palette.paint(Tone.QUIET, rest.toString());
    }

    private String side(String role, Side side, Limits limits) {
        if (side.version().isEmpty()) {
            return "  %-8s %s".formatted(role, palette.paint(Tone.QUIET, "not running"));
        }
        boolean fails = side.successRate().isPresent() && side.successRate().getAsDouble() < limits.success();
        boolean slow = side.p99().isPresent() && side.p99().getAsDouble() > limits.p99();
        return "  %-8s %-7s %s  %s  %s"
                .formatted(
                        role,
                        side.version(),
                        palette.paint(
                                fails ? Tone.BAD : Tone.PLAIN, "success " + number(side.successRate(), "%6.2f %%", 8)),
                        palette.paint(slow ? Tone.BAD : Tone.PLAIN, "p99 " + number(side.p99(), "%5.0f ms", 8)),
                        "%6d requests %4d failed".formatted(side.requests(), side.failed()));
    }

    private static String limits(Limits limits) {
        return "  %-8s %-7s success %6.2f %%  p99 %5.0f ms".formatted("limits", "", limits.success(), limits.p99());
    }

    private static String number(OptionalDouble value, String format, int width) {
        return value.isPresent()
                ? String.format(Locale.ROOT, format, value.getAsDouble())
                : " ".repeat(width - 1) + "-";
    }
}
