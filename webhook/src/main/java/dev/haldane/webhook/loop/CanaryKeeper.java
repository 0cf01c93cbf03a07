package dev.haldane.webhook.loop;

import dev.haldane.webhook.canary.CanaryId;
import dev.haldane.webhook.canary.Phase;
import dev.haldane.webhook.events.EventSink;
import dev.haldane.webhook.events.EventSink.Message;
import dev.haldane.webhook.rollout.Effect;
import dev.haldane.webhook.store.StoredCanary.Understood;
import dev.haldane.webhook.store.StoredCanary.Unreadable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one Canary: knows when its next tick is due, and what was said lately. Used by one thread at a time. What it
/// holds in memory may be lost at any moment: another keeper goes on from the status.
final class CanaryKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(CanaryKeeper.class);

    /// What is waited for before there are intervals: the first primary.
    private static final Duration ATTENTIVE = Duration.ofSeconds(2);

    private static final Duration UNREADABLE = Duration.ofMinutes(5);

    private final CanaryId id;
    private final Ports ports;
    private final CanaryTick tick;
    private final CanaryMeters meters;
    private final InstantSource clock;

    /// The interval counts from here. More exact than the status, which may hold whole seconds, and it counts ticks
    /// that were due but changed nothing.
    private Instant counted = Instant.EPOCH;

    private Set<Effect.Topic> told = EnumSet.noneOf(Effect.Topic.class);
    private String lastProblem = "";

    CanaryKeeper(CanaryId id, Ports ports, CanaryMeters meters, InstantSource clock, Pause pause) {
        this.id = id;
        this.ports = ports;
        this.meters = meters;
        this.clock = clock;
        this.tick = new CanaryTick(ports, meters, clock, pause);
    }

    /// One tick.
    ///
    /// @return when the next one should be at the latest; empty if the Canary is gone
    Optional<Instant> tick() throws InterruptedException {
        var stored = ports.store().get(id);
        if (stored.isEmpty()) {
            meters.forget(id);
            return Optional.empty();
        }
        return Optional.of(
                switch (stored.get()) {
                    case Understood canary -> tick(canary);
                    case Unreadable canary -> complain(canary);
                });
    }

    private Instant tick(Understood canary) throws InterruptedException {
        lastProblem = "";
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var interval = canary.spec().analysis().interval();
        var due = !now.isBefore(later(canary.status().lastTransition(), counted).plus(interval));
        var result = tick.run(canary, now, due, told);
        told = due ? result.told() : union(told, result.told());
        if (due || result.changed()) {
            counted = now;
        }
        return next(
                result, now, later(canary.status().lastTransition(), counted).plus(interval));
    }

    /// A phase that ends a run is looked at again at once: Git may be owed, a newer revision may be waiting.
    private static Instant next(CanaryTick.Result result, Instant now, Instant due) {
        if (result.phase() instanceof Phase.Initializing) {
            return earlier(due, now.plus(ATTENTIVE));
        }
        return result.changed() && result.phase() instanceof Phase.Resting ? now : due;
    }

    private Instant complain(Unreadable canary) {
        if (!canary.problem().equals(lastProblem)) {
            lastProblem = canary.problem();
            LOG.warn("{} cannot be read: {}", id, canary.problem());
            var message = new Message(EventSink.Severity.WARNING, "Unreadable", canary.problem());
            ports.events().tell(canary.ref(), message);
        }
        return clock.instant().plus(UNREADABLE);
    }

    private static Set<Effect.Topic> union(Set<Effect.Topic> some, Set<Effect.Topic> others) {
        var all = EnumSet.noneOf(Effect.Topic.class);
        all.addAll(some);
        all.addAll(others);
        return all;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
