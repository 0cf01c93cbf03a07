package dev.haldane.webhook.demo.console;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A panel that changes in place, below the lines that stay. After the end the lines are still there to be read.
public final class LiveConsole implements Console {

    private static final String HIDE_CURSOR = "\u001B[?25l";
    private static final String SHOW_CURSOR = "\u001B[?25h";
    private static final String CLEAR_BELOW = "\u001B[J";

    private final PrintStream out;
    private final PlainConsole lines;
    private final Panel panel;
    private @Nullable Glance shown;
    private int height;
    private boolean closed;

    public LiveConsole(PrintStream out, Palette palette, Supplier<Duration> elapsed) {
        this.out = out;
        this.lines = new PlainConsole(out, palette, elapsed);
        this.panel = new Panel(palette);
        out.print(HIDE_CURSOR);
        out.flush();
    }

    @Override
    public synchronized void chapter(String title) {
        above(() -> lines.chapter(title));
    }

    @Override
    public synchronized void line(Tone tone, String text) {
        above(() -> lines.line(tone, text));
    }

    @Override
    public synchronized void show(Glance now) {
        if (!closed) {
            erase();
            shown = now;
            draw();
        }
    }

    private void above(Runnable print) {
        erase();
        print.run();
        draw();
    }

    private void erase() {
        if (height > 0) {
            out.print("\u001B[" + height + "A\r" + CLEAR_BELOW);
            height = 0;
        }
    }

    /// In one write, so that nobody sees half a panel.
    private void draw() {
        var glance = shown;
        if (glance != null && !closed) {
            List<String> drawn = panel.lines(glance);
            out.print(String.join("\n", drawn) + "\n");
            height = drawn.size();
        }
        out.flush();
    }

    /// The panel's last state stays.
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            height = 0;
            out.print(SHOW_CURSOR);
            out.flush();
        }
    }
}
