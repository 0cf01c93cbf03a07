package dev.haldane.webhook.loop;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// A histogram with the buckets that Prometheus' clients have by default, 5 ms to 10 s.
final class Durations {

    private static final double[] BOUNDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, Double.POSITIVE_INFINITY};

    private final String target;
    private final LongAdder[] buckets = new LongAdder[BOUNDS.length];
    private final LongAdder nanos = new LongAdder();

    Durations(String target) {
        this.target = target;
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    void add(Duration wall) {
        int i = 0;
        while (seconds(wall.toNanos()) > BOUNDS[i]) {
            i++;
        }
        buckets[i].increment();
        nanos.add(wall.toNanos());
    }

    private static double seconds(long nanos) {
        return (double) nanos / 1e9;
    }

    void print(MetricsPage page, String namespace) {
        long count = 0;
        for (int i = 0; i < BOUNDS.length; i++) {
            count += buckets[i].sum();
            page.sample(
                    "flagger_canary_duration_seconds_bucket",
                    (double) count,
                    "name",
                    target,
                    "namespace",
                    namespace,
                    "le",
                    MetricsPage.number(BOUNDS[i]));
        }
        var sum = seconds(nanos.sum());
        page.sample("flagger_canary_duration_seconds_sum", sum, "name", target, "namespace", namespace);
        page.sample("flagger_canary_duration_seconds_count", (double) count, "name", target, "namespace", namespace);
    }
}
