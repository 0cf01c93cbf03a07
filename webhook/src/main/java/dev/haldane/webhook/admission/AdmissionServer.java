package dev.haldane.webhook.admission;

import dev.haldane.certs.Identity;
import dev.haldane.certs.IdentityStore;
import dev.haldane.certs.RotationReason;
import dev.haldane.certs.Rotator;
import dev.haldane.certs.TrustBundle;
import dev.haldane.certs.Validity;
import dev.haldane.webhook.http.Endpoint;
import dev.haldane.webhook.http.HttpsServer;
import dev.haldane.webhook.http.Listen;
import dev.haldane.webhook.http.ReadinessCheck;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The admission door as a whole: certificate, listener, registration, and one thread that keeps all three right. The
/// registration is written when the listener answers, never before, and stays when the server ends: other replicas go
/// on, and where there is none `failurePolicy: Ignore` lets requests pass.
public final class AdmissionServer implements AutoCloseable, ReadinessCheck {

    private static final Logger LOG = LoggerFactory.getLogger(AdmissionServer.class);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    /// @param listen where reviews are answered
    /// @param plan   names and lives of certificates
    /// @param drain  how long a server that is told to end still answers, so that callers can find another replica
    public record Options(Listen listen, Rotator.Plan plan, Duration drain) {}

    /// @param endpoints  by path
    /// @param clock      tells when certificates are to be renewed
    public record Parts(
            Map<String, Endpoint> endpoints,
            IdentityStore identities,
            Registration registration,
            MeterRegistry meters,
            InstantSource clock) {
        public Parts {
            endpoints = Map.copyOf(endpoints);
        }
    }

    private final Options options;
    private final Parts parts;
    private final Rotator rotator;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread keeper = Thread.ofVirtual().name("admission-keeper").unstarted(this::keep);

    private volatile @Nullable HttpsServer server;
    private volatile @Nullable TrustBundle trust;
    private volatile @Nullable Instant certificateEnd;
    private volatile @Nullable String failure = "it has not been written yet";
    private volatile boolean ending;

    public AdmissionServer(Options options, Parts parts) {
        this.options = options;
        this.parts = parts;
        this.rotator = new Rotator(options.plan(), parts.identities(), new Audience());
        Gauge.builder("haldane.certificate.not.after", () -> seconds(certificateEnd))
                .description("When the serving certificate ends, in seconds since 1970")
                .register(parts.meters());
    }

    /// Gets a certificate and listens; then registers, by itself and as often as it takes. What reviews are answered
    /// from must be complete by now.
    ///
    /// @throws dev.haldane.webhook.canary.ClusterUnavailable if the certificate can neither be read nor stored
    public void start() {
        rotator.look(parts.clock().instant());
        keeper.start();
    }

    /// The port in fact. Only after [#start].
    public int port() {
        var running = server;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running.port();
    }

    /// What clients should trust. Only after [#start].
    public TrustBundle trust() {
        var known = trust;
        if (known == null) {
            throw new IllegalStateException("not started");
        }
        return known;
    }

    /// Something that we keep right has changed: look at once.
    public void wake() {
        wakeUps.release();
    }

    @Override
    public String name() {
        return "admission";
    }

    @Override
    public Optional<String> problem() {
        if (server == null) {
            return Optional.of("there is no certificate yet");
        }
        if (ending) {
            return Optional.of("the server is ending");
        }
        return Optional.ofNullable(failure).map(why -> "the webhook configuration is not right: " + why);
    }

    /// Not ready from now on; ends when the drain time is over and the reviews that have begun are answered.
    @Override
    public void close() {
        ending = true;
        keeper.interrupt();
        var running = server;
        if (running == null) {
            return;
        }
        running.drain();
        try {
            Thread.sleep(options.drain());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        running.close();
    }

    private void keep() {
        var pause = SHORTEST_PAUSE;
        var next = Instant.EPOCH;
        while (!ending) {
            try {
                if (!parts.clock().instant().isBefore(next)) {
                    next = rotator.look(parts.clock().instant());
                }
                // Somebody who writes the configuration as often as we do (a policy of the cloud, another version of
                // us) is met less and less often, not in a duel.
                pause = registered() ? longer(pause) : SHORTEST_PAUSE;
            } catch (RuntimeException e) {
                failure = String.valueOf(e.getMessage());
                LOG.warn("certificate or webhook configuration, trying again: {}", failure, e);
                pause = AFTER_FAILURE;
            }
            next = rested(pause, next) ? Instant.EPOCH : next;
        }
    }

    /// @return whether the configuration had to be written
    private boolean registered() {
        var changed = parts.registration().register(trust());
        if (failure != null) {
            LOG.info("reviews are registered");
        }
        failure = null;
        return changed;
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /// At least `pause`, then until somebody wakes us or the time has come.
    ///
    /// @return whether somebody has woken us
    private boolean rested(Duration pause, Instant next) {
        try {
            Thread.sleep(pause);
            var left = Duration.between(parts.clock().instant(), next);
            var rest = left.compareTo(LONGEST_PAUSE) < 0 ? left : LONGEST_PAUSE;
            var woken = wakeUps.tryAcquire(Math.max(0, rest.toMillis()), TimeUnit.MILLISECONDS);
            wakeUps.drainPermits();
            return woken;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static double seconds(@Nullable Instant moment) {
        return moment == null ? Double.NaN : moment.getEpochSecond();
    }

    private final class Audience implements Rotator.Audience {

        @Override
        public void trust(TrustBundle authorities) {
            trust = authorities;
            // In mid-life the API server must know a new authority before it meets a certificate of it.
            if (server != null && failure == null) {
                parts.registration().register(authorities);
            }
        }

        @Override
        public void serve(Identity identity) {
            var running = server;
            if (running == null) {
                var started = new HttpsServer(options.listen(), parts.endpoints(), identity);
                started.start();
                server = started;
            } else {
                running.reload(identity);
            }
            certificateEnd = Validity.of(identity.certificate()).notAfter();
        }

        @Override
        public void renewed(String what, RotationReason reason) {
            LOG.info("{} renewed: {}", what, reason.sentence());
            parts.meters()
                    .counter("haldane.certificate.renewals", "what", what, "reason", reason.name())
                    .increment();
        }
    }
}
