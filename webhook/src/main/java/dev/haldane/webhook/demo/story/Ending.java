package dev.haldane.webhook.demo.story;

import dev.haldane.webhook.demo.mesh.Visitors.Count;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What has come of the story.
///
/// @param requests  by the version that answered; `""`: nobody did
/// @param trafficBack from the first request that the bad version answered until no more went to it; empty if nothing
///                    was rolled back
/// @param gitBack     from there until the environment repository wanted the good version again
public record Ending(
        List<Check> checks,
        Map<String, Count> requests,
        Optional<Duration> trafficBack,
        Optional<Duration> gitBack,
        Duration took) {

    public Ending {
        checks = List.copyOf(checks);
        requests = Map.copyOf(requests);
    }

    /// Whether every step was observed.
    public boolean complete() {
        return checks.stream().allMatch(Check::seen);
    }
}
