package dev.haldane.webhook.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/// Closes all that the demo has opened, last things first, once: at its end or when somebody presses Ctrl-C.
final class Curtain implements AutoCloseable {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean fallen;

    /// @return the part, which is closed at once if the curtain has fallen already
    synchronized <T extends AutoCloseable> T behind(T part) {
        open.push(part);
        if (fallen) {
            closeAll();
        }
        return part;
    }

    synchronized boolean fallen() {
        return fallen;
    }

    @Override
    public synchronized void close() {
        fallen = true;
        closeAll();
    }

    private void closeAll() {
        for (var part = open.poll(); part != null; part = open.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                // The others are still to be closed, and nobody can be told any more.
                System.err.println("haldane: " + part.getClass().getSimpleName() + " did not close: " + e.getMessage());
            }
        }
    }
}
