package dev.haldane.webhook.demo.console;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/// Lines only, each with the time; for logs and pipes. How things stand is said when the phase or the weight changes.
public final class PlainConsole implements Console {

    private final PrintStream out;
    private final Palette palette;
    private final Supplier<Duration> elapsed;
    private String last = "";

    public PlainConsole(PrintStream out, Palette palette, Supplier<Duration> elapsed) {
        this.out = out;
        this.palette = palette;
        this.elapsed = elapsed;
    }

    @Override
    public synchronized void chapter(String title) {
        out.println();
        out.println(palette.strong(title));
    }

    @Override
    public synchronized void line(Tone tone, String text) {
        text.lines().forEach(line -> out.println(palette.paint(Tone.QUIET, time()) + palette.paint(tone, line)));
    }

    @Override
    public synchronized void show(Glance now) {
        var key = now.phase() + " " + now.weight();
        if (now.phase().isEmpty() || key.equals(last)) {
            return;
        }
        last = key;
        var text = "%s, weight %d %%: %s; %s"
                .formatted(now.phase(), now.weight(), side("primary", now.primary()), side("canary", now.canary()));
        line(Tone.QUIET, text);
    }

    private static String side(String role, Glance.Side side) {
        return side.version().isEmpty()
                ? role + " not running"
                : role + " " + side.version() + rate(side.successRate()) + p99(side.p99());
    }

    private static String rate(OptionalDouble rate) {
        return rate.isPresent() ? String.format(Locale.ROOT, ", success %.2f %%", rate.getAsDouble()) : "";
    }

    private static String p99(OptionalDouble p99) {
        return p99.isPresent() ? String.format(Locale.ROOT, ", p99 %.0f ms", p99.getAsDouble()) : "";
    }

    private String time() {
        return "%6s  ".formatted(Clock.minutes(elapsed.get()));
    }

    @Override
    public void close() {
        out.flush();
    }
}
