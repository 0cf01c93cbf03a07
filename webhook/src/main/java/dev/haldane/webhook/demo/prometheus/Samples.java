package dev.haldane.webhook.demo.prometheus;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// What has been read of each series, and when. Forgets what is older than an hour.
final class Samples {

    private static final long KEPT_MILLIS = Duration.ofHours(1).toMillis();

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Labels, Deque<Point>> series = new LinkedHashMap<>();
    private long lastScrape;

    /// @param time in milliseconds since 1970
    record Point(long time, double value) {}

    record Range(Labels labels, List<Point> points) {}

    /// Stores one reading of all counters. A counter that was not there at the last reading stood at zero then:
    /// without that, what it counted before it was first read would be lost (Prometheus does the same where a
    /// target tells it when a counter was made).
    void scrape(long time, Map<Labels, Double> readings) {
        lock.lock();
        try {
            readings.forEach((labels, value) -> {
                Deque<Point> points = series.computeIfAbsent(labels, _ -> new ArrayDeque<>());
                if (points.isEmpty() && lastScrape > 0) {
                    points.addLast(new Point(lastScrape, 0));
                }
                points.addLast(new Point(time, value));
                while (points.getFirst().time() < time - KEPT_MILLIS) {
                    points.removeFirst();
                }
            });
            lastScrape = time;
        } finally {
            lock.unlock();
        }
    }

    /// The points of all series that satisfy the condition, from after `from` up to `to`; no series without points.
    List<Range> range(Predicate<Labels> condition, long from, long to) {
        lock.lock();
        try {
            List<Range> found = new ArrayList<>();
            series.forEach((labels, points) -> {
                if (condition.test(labels)) {
                    List<Point> within = points.stream()
                            .filter(point -> point.time() > from && point.time() <= to)
                            .toList();
                    if (!within.isEmpty()) {
                        found.add(new Range(labels, within));
                    }
                }
            });
            return found;
        } finally {
            lock.unlock();
        }
    }
}
