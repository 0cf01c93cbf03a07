package dev.haldane.webhook.store;

import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.cluster.ClusterConflict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Election by a [Lease](https://kubernetes.io/docs/concepts/architecture/leases/). Nobody's wall clock decides: a
/// lease has expired when *we* have seen it unchanged for as long as it lasts. `lost` is called when the lease could
/// not be renewed in time, also while a request hangs, and so before another replica takes it.
public final class LeaseLeadership implements Leadership {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseLeadership.class);
    private static final Duration LAST_REQUEST = Duration.ofSeconds(5);

    /// @param lease how long others must have seen no renewal before they take it
    /// @param renew how long the leader may go without one
    /// @param retry the time between two attempts
    public record Timing(Duration lease, Duration renew, Duration retry) {

        public static final Timing USUAL =
                new Timing(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

        public Timing {
            if (renew.compareTo(lease) >= 0 || retry.compareTo(renew) >= 0) {
                throw new IllegalArgumentException("not " + retry + " < " + renew + " < " + lease);
            }
        }
    }

    private final LeaseRecord lease;
    private final Timing timing;
    private final List<Thread> threads = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private OptionalLong renewed = OptionalLong.empty();
    private boolean closed;

    /// @param namespace where the Lease lives
    /// @param identity  of this process, like no other's
    public LeaseLeadership(Cluster cluster, String namespace, String identity, Timing timing) {
        this.lease = new LeaseRecord(cluster, namespace, identity, timing.lease());
        this.timing = timing;
    }

    /// Both must return soon: while one runs, the other waits.
    @Override
    public void campaign(Runnable won, Runnable lost) {
        threads.add(Thread.ofVirtual().name("leadership").start(() -> proclaim(won, lost)));
        threads.add(Thread.ofVirtual().name("lease").start(this::stand));
    }

    private void stand() {
        while (!isClosed()) {
            long before = System.nanoTime();
            try {
                note(lease.takeOrRenew() ? OptionalLong.of(before) : OptionalLong.empty());
            } catch (ClusterConflict e) {
                LOG.debug("another was faster", e);
            } catch (ClusterUnavailable e) {
                LOG.warn("the lease cannot be renewed: {}", e.getMessage());
            }
            rest();
        }
    }

    private void note(OptionalLong when) {
        lock.lock();
        try {
            renewed = when;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void rest() {
        lock.lock();
        try {
            long left = timing.retry().toNanos();
            while (!closed && left > 0) {
                left = news.awaitNanos(left);
            }
        } catch (InterruptedException _) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private void proclaim(Runnable won, Runnable lost) {
        boolean leader = false;
        while (leader != awaitOther(leader)) {
            leader = !leader;
            LOG.info(leader ? "this process leads" : "this process leads no more");
            (leader ? won : lost).run();
        }
    }

    /// Waits until we lead or not, other than before; the same again means that we are closed and have said so.
    private boolean awaitOther(boolean leader) {
        lock.lock();
        try {
            while (!closed && (left() > 0) == leader) {
                news.awaitNanos(leader ? left() : timing.retry().toNanos());
            }
            return !closed && left() > 0;
        } catch (InterruptedException _) {
            closed = true;
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// Nanoseconds for which the lease is surely ours.
    private long left() {
        return renewed.isEmpty() ? 0 : timing.renew().toNanos() - (System.nanoTime() - renewed.getAsLong());
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /// Says `lost` where that is so, and only then gives up the lease.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            for (var thread : threads) {
                thread.join(LAST_REQUEST);
            }
            lease.release();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ClusterConflict | ClusterUnavailable e) {
            LOG.warn("the lease was not given up, it expires by itself: {}", e.getMessage());
        }
    }
}
