package dev.haldane.e2e;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/// People who call the application all the time and remember what they got.
public final class Visitors implements AutoCloseable {

    private final Backends backends;
    private final Thread thread;
    private final Map<String, LongAdder> byVersion = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> unexpected = new ConcurrentLinkedQueue<>();
    private final LongAdder requests = new LongAdder();
    private final LongAdder expected = new LongAdder();
    private volatile boolean going = true;

    /// @param pause between two requests
    public Visitors(Backends backends, URI gateway, String host, Duration pause) {
        this.backends = backends;
        this.thread = Thread.ofVirtual().start(() -> {
            while (going) {
                note(Visit.to(gateway, host));
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException _) {
                    return;
                }
            }
        });
    }

    private void note(Visit visit) {
        requests.increment();
        byVersion.computeIfAbsent(visit.version(), _ -> new LongAdder()).increment();
        if (visit.isGood()) {
            return;
        }
        if (backends.isMeantToFail(visit.version())) {
            expected.increment();
        } else {
            unexpected.add(Instant.now() + " " + visit);
        }
    }

    public long requests() {
        return requests.sum();
    }

    /// Failures that are nobody's but ours: not those of a version that is meant to fail.
    public List<String> failures() {
        return List.copyOf(unexpected);
    }

    /// Failures of versions that are meant to fail.
    public long expectedFailures() {
        return expected.sum();
    }

    public long answeredBy(String version) {
        var count = byVersion.get(version);
        return count == null ? 0 : count.sum();
    }

    public Set<String> versions() {
        return new TreeSet<>(byVersion.keySet());
    }

    @Override
    public void close() {
        going = false;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
