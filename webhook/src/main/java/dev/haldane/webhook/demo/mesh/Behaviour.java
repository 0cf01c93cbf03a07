package dev.haldane.webhook.demo.mesh;

import java.time.Duration;

/// How one version of the application answers.
///
/// @param failRate share of requests that end with 500, 0 to 1
/// @param fastest  the time that an answer takes at least
/// @param slowest  and at most
public record Behaviour(double failRate, Duration fastest, Duration slowest) {

    public Behaviour {
        if (!(failRate >= 0 && failRate <= 1)) {
            throw new IllegalArgumentException("a share is between 0 and 1: " + failRate);
        }
    }

    /// Never fails, and takes 4 to 20 ms.
    public static Behaviour healthy() {
        return failing(0);
    }

    /// Fails for this share of the requests, and takes 4 to 20 ms.
    public static Behaviour failing(double failRate) {
        return new Behaviour(failRate, Duration.ofMillis(4), Duration.ofMillis(20));
    }
}
