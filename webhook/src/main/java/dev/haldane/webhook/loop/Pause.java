package dev.haldane.webhook.loop;

import java.time.Duration;

/// Lets time pass in the middle of a tick.
@FunctionalInterface
public interface Pause {
    /// How long a mesh may need to follow: Istio took 106 ms (median) and 121 ms (longest) for a changed weight,
    /// 152 ms for a changed selector.
    Duration MESH = Duration.ofMillis(500);

    void take(Duration time) throws InterruptedException;
}
