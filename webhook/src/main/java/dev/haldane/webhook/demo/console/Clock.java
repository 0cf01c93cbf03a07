package dev.haldane.webhook.demo.console;

import java.time.Duration;

/// Times of the demo as people read them: `1:07`.
final class Clock {

    private Clock() {}

    static String minutes(Duration elapsed) {
        return "%d:%02d".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
    }
}
