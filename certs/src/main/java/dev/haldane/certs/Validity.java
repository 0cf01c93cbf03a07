package dev.haldane.certs;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The time in which a certificate is good: both ends belong to it. X.509 knows whole seconds only.
public record Validity(Instant notBefore, Instant notAfter) {

    /// Certificates start this much in the past, for clients whose clocks are slow.
    public static final Duration SKEW = Duration.ofHours(1);

    public Validity {
        notBefore = notBefore.truncatedTo(ChronoUnit.SECONDS);
        notAfter = notAfter.truncatedTo(ChronoUnit.SECONDS);
        if (!notBefore.isBefore(notAfter)) {
            throw new IllegalArgumentException("a certificate valid from " + notBefore + " to " + notAfter);
        }
    }

    /// From now on for `life`, and [#SKEW] (or a twentieth of a short life) before now.
    public static Validity from(Instant now, Duration life) {
        var twentieth = life.dividedBy(20);
        return new Validity(now.minus(twentieth.compareTo(SKEW) < 0 ? twentieth : SKEW), now.plus(life));
    }

    public static Validity of(X509Certificate certificate) {
        return new Validity(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /// The moment from which the certificate should be renewed: two thirds of its life are over.
    public Instant renewAt() {
        return notBefore.plus(
                Duration.between(notBefore, notAfter).multipliedBy(2).dividedBy(3));
    }

    public boolean includes(Instant now) {
        return !now.isBefore(notBefore) && !now.isAfter(notAfter);
    }
}
