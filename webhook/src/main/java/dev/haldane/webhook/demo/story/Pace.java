package dev.haldane.webhook.demo.story;

import java.time.Duration;

/// How fast the story goes.
///
/// @param interval  of the analysis, one step each
/// @param window    over which metrics are taken
/// @param scrape    between two readings of the counters
/// @param startUp   of a pod
/// @param perSecond requests
/// @param patience  how long a chapter may take before it has failed
public record Pace(
        Duration interval, Duration window, Duration scrape, Duration startUp, int perSecond, Duration patience) {

    /// A second for each of the article's minutes.
    public static Pace quick() {
        return new Pace(
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofMillis(200),
                Duration.ofMillis(500),
                80,
                Duration.ofSeconds(45));
    }

    /// The article's minutes.
    public static Pace article() {
        return new Pace(
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                20,
                Duration.ofMinutes(25));
    }
}
