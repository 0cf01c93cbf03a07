package dev.haldane.webhook.events;

import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.cluster.ClusterConflict;
import dev.haldane.webhook.cluster.KubeObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Delivers at once where it can, in order later where it cannot. What is refused for good, or has become too much, is
/// logged.
final class Backlog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
    private static final int MOST = 10_000;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Consumer<KubeObject> post;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<KubeObject> waiting = new ArrayDeque<>();
    private final Thread worker;

    Backlog(Consumer<KubeObject> post) {
        this.post = post;
        this.worker = Thread.ofVirtual().name("events").start(this::work);
    }

    /// Never throws. Returns when the event is stored, so that a crash afterwards cannot lose it, or waits in line.
    void deliver(KubeObject event) {
        if (isEmpty() && delivered(event)) {
            return;
        }
        lock.lock();
        try {
            if (waiting.size() < MOST) {
                waiting.addLast(event);
                changed.signalAll();
            } else {
                LOG.warn("event dropped, {} are waiting: {}", MOST, text(event));
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private boolean delivered(KubeObject event) {
        try {
            post.accept(event);
            return true;
        } catch (ClusterConflict e) {
            LOG.debug("event written by two at once", e);
            return false;
        } catch (ClusterUnavailable e) {
            if (Cluster.refused(e)) {
                LOG.warn("event refused: {}: {}", text(event), e.getMessage());
                return true;
            }
            LOG.warn("event waits: {}: {}", text(event), e.getMessage());
            return false;
        }
    }

    private void work() {
        try {
            while (true) {
                if (delivered(first())) {
                    removeFirst();
                } else {
                    Thread.sleep(RETRY);
                }
            }
        } catch (InterruptedException _) {
            LOG.debug("no more events are delivered");
        }
    }

    /// Stays in line while it is tried, so that no later event overtakes it.
    private KubeObject first() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty()) {
                changed.await();
            }
            return waiting.getFirst();
        } finally {
            lock.unlock();
        }
    }

    private void removeFirst() {
        lock.lock();
        try {
            waiting.removeFirst();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static String text(KubeObject event) {
        return event.at("message").asText();
    }

    /// Waits a moment for what is in line.
    @Override
    public void close() {
        lock.lock();
        try {
            long left = FAREWELL.toNanos();
            while (!waiting.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            waiting.forEach(event -> LOG.warn("event not delivered: {}", text(event)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        worker.interrupt();
    }
}
