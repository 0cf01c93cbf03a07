package dev.haldane.webhook.loop;

import dev.haldane.webhook.canary.CanaryId;
import dev.haldane.webhook.store.StoreConflict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs every Canary of the store, each in a virtual thread of its own, from [#start] to [#stop]. A thread sleeps
/// until its Canary's next tick is due or the store tells of a change.
///
/// This is the one place where the exceptions of a tick are caught: they are logged with the Canary's name, and the
/// next tick tries again.
public final class CanaryLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CanaryLoop.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final int RETRY_DOUBLINGS = 6;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(3);

    private final Ports ports;
    private final CanaryMeters meters;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<CanaryId, Watch> watches = new HashMap<>();
    private boolean running;

    private record Watch(Thread thread, Semaphore wake) {}

    public CanaryLoop(Ports ports, CanaryMeters meters, InstantSource clock) {
        this.ports = ports;
        this.meters = meters;
        this.clock = clock;
        ports.store().onChange(this::wake);
    }

    /// Starts to run all Canaries. The loop can be started again after it was stopped.
    public void start() {
        locked(() -> running = true);
        LOG.info("the loop runs");
        ports.store().list().forEach(this::wake);
    }

    /// Ends all ticks. When this returns, nothing is written any more, or three seconds have passed.
    public void stop() {
        var threads = new HashMap<CanaryId, Watch>();
        locked(() -> {
            running = false;
            threads.putAll(watches);
            watches.clear();
        });
        threads.values().forEach(watch -> watch.thread().interrupt());
        var deadline = clock.instant().plus(LONGEST_STOP);
        for (var watch : threads.values()) {
            join(watch.thread(), Duration.between(clock.instant(), deadline));
        }
        LOG.info("the loop is stopped");
    }

    private static void join(Thread thread, Duration patience) {
        try {
            if (patience.isPositive() && !thread.join(patience)) {
                LOG.warn("{} has not ended", thread.getName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void wake(CanaryId id) {
        locked(() -> {
            if (running) {
                watches.computeIfAbsent(id, this::begin).wake().release();
            }
        });
    }

    private Watch begin(CanaryId id) {
        var wake = new Semaphore(0);
        var keeper = new CanaryKeeper(id, ports, meters, clock, Thread::sleep);
        var thread = Thread.ofVirtual().name("canary " + id).unstarted(() -> keep(id, keeper, wake));
        thread.start();
        return new Watch(thread, wake);
    }

    private void keep(CanaryId id, CanaryKeeper keeper, Semaphore wake) {
        try {
            int failures = 0;
            while (kept(id, wake)) {
                wake.drainPermits();
                Instant next;
                try {
                    var due = keeper.tick();
                    if (due.isEmpty() && ended(id, wake)) {
                        return;
                    }
                    next = due.orElse(clock.instant());
                    failures = 0;
                } catch (StoreConflict e) {
                    LOG.debug("{} was changed by somebody else during the tick", id, e);
                    next = clock.instant().plus(FIRST_RETRY);
                } catch (RuntimeException e) {
                    failures++;
                    LOG.warn("{} tick failed, tried again: {}", id, inOneLine(e), LOG.isDebugEnabled() ? e : null);
                    next = clock.instant().plus(backoff(failures));
                }
                sleep(wake, Duration.between(clock.instant(), next));
            }
        } catch (InterruptedException e) {
            LOG.debug("{} is not kept any more", id);
        }
    }

    /// Whether this thread is still the one that keeps the Canary; an adapter may have swallowed the interrupt.
    private boolean kept(CanaryId id, Semaphore wake) {
        lock.lock();
        try {
            var watch = watches.get(id);
            return running && watch != null && watch.wake().equals(wake);
        } finally {
            lock.unlock();
        }
    }

    /// Ends the watch of a Canary that is gone, unless it has come back in the meantime.
    private boolean ended(CanaryId id, Semaphore wake) {
        lock.lock();
        try {
            if (wake.availablePermits() > 0) {
                return false;
            }
            watches.remove(id);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static void sleep(Semaphore wake, Duration time) throws InterruptedException {
        if (time.isPositive()) {
            wake.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static Duration backoff(int failures) {
        return FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, RETRY_DOUBLINGS));
    }

    private static String inOneLine(Throwable e) {
        var message = String.valueOf(e.getMessage());
        return e.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
