package dev.haldane.webhook.loop;

import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.Phase;
import dev.haldane.webhook.events.EventSink.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A server with one Canary under a clock that a test moves. Nobody sleeps: the clock jumps to the time at which the
/// keeper wants to be woken.
final class Rehearsal {

    private static final int ENOUGH = 200;

    final FakeCluster cluster;
    final ScriptedMetrics metrics = new ScriptedMetrics();
    final FakeRepository repository = new FakeRepository();
    final List<Message> messages = new ArrayList<>();
    final CanaryMeters meters = new CanaryMeters("test");
    final List<Duration> pauses = new ArrayList<>();
    CrashPoint crash = CrashPoint.never();
    int crashes;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Optional<Instant> next = Optional.of(now);
    private CanaryKeeper keeper;

    Rehearsal(CanarySpec spec) {
        cluster = new FakeCluster(spec);
        keeper = newKeeper();
    }

    private CanaryKeeper newKeeper() {
        var ports = new Ports(
                cluster,
                cluster,
                cluster,
                metrics,
                repository,
                (_, message) -> crash.around("event", () -> messages.add(message)));
        return new CanaryKeeper(cluster.spec.id(), ports, meters, () -> now, pauses::add);
    }

    void crashAt(CrashPoint point) {
        crash = point;
        cluster.crash = point;
        repository.crash = point;
    }

    /// The process is started again: what was in memory is gone.
    void restart() {
        keeper = newKeeper();
        next = Optional.of(now);
    }

    void sleep(Duration time) {
        now = now.plus(time);
    }

    Instant now() {
        return now;
    }

    /// One tick at this very moment, as if the store had told of a change.
    void wake() {
        try {
            next = keeper.tick();
        } catch (SimulatedCrash e) {
            crashes++;
            now = now.plusSeconds(1);
            restart();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// One tick when the keeper wants it.
    void tick() {
        var wanted = next.orElseThrow();
        now = wanted.isAfter(now) ? wanted : now;
        wake();
    }

    void until(Predicate<Phase> reached) {
        for (int i = 0; i < ENOUGH; i++) {
            if (reached.test(phase())) {
                return;
            }
            tick();
        }
        throw new AssertionError("never reached; " + phase() + " " + texts());
    }

    void ticks(int count) {
        for (int i = 0; i < count; i++) {
            tick();
        }
    }

    Phase phase() {
        return cluster.status().phase();
    }

    Optional<Instant> next() {
        return next;
    }

    List<String> texts() {
        return messages.stream().map(Message::text).toList();
    }
}
