package dev.haldane.certs;

import dev.haldane.certs.IdentityStore.Stored;
import dev.haldane.certs.RotationPolicy.Keep;
import dev.haldane.certs.RotationPolicy.Need;
import dev.haldane.certs.RotationPolicy.Renew;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One look at the store: reads, decides, issues, stores, and tells its [Audience]. Whoever calls [#look] in a loop
/// keeps a certificate alive for ever. Several replicas may do so at once; who is slower takes what the faster one
/// made.
///
/// Clients are told of an authority *before* a certificate of it is served: a certificate whose authority is new is
/// held back for [Plan#settle].
public final class Rotator {

    static final String AUTHORITY = "ca.crt";
    static final String AUTHORITY_KEY = "ca.key";
    static final String PREVIOUS_AUTHORITY = "previous-ca.crt";
    static final String SERVING = "tls.crt";
    static final String SERVING_KEY = "tls.key";

    private static final int ATTEMPTS = 5;

    /// How long things live.
    ///
    /// @param names         of the server
    /// @param authorityLife of a certificate authority
    /// @param servingLife   of a serving certificate
    /// @param settle        how long clients need until they know a new authority
    public record Plan(List<String> names, Duration authorityLife, Duration servingLife, Duration settle) {
        public Plan {
            names = List.copyOf(names);
        }

        /// Authority a year, serving certificate a week, ten seconds for a new authority to become known.
        public static Plan usual(List<String> names) {
            return new Plan(names, Duration.ofDays(365), Duration.ofDays(7), Duration.ofSeconds(10));
        }
    }

    /// Who wants to know. Each is told only of what is new to it.
    public interface Audience {

        /// Clients should trust these from now on.
        void trust(TrustBundle authorities);

        /// New connections should be served with this from now on.
        void serve(Identity identity);

        /// Something was renewed, for the log.
        void renewed(String what, RotationReason reason);
    }

    private final Plan plan;
    private final IdentityStore store;
    private final Audience audience;

    private @Nullable TrustBundle trusted;
    private @Nullable Identity served;
    private Instant trustedSince = Instant.EPOCH;

    public Rotator(Plan plan, IdentityStore store, Audience audience) {
        this.plan = plan;
        this.store = store;
        this.audience = audience;
    }

    /// Brings store, clients and server to where they should be at this moment.
    ///
    /// @return when to look again at the latest
    public synchronized Instant look(Instant now) {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var stored = store.load();
            var wanted = wanted(stored, now);
            if (wanted.entries().equals(stored.entries()) || store.save(stored.version(), wanted.entries())) {
                wanted.renewed().forEach(audience::renewed);
                return publish(wanted, now);
            }
        }
        throw new IllegalStateException("the identity was changed " + ATTEMPTS + " times while we looked at it");
    }

    private record Wanted(
            CertificateAuthority authority,
            TrustBundle bundle,
            Identity serving,
            Instant until,
            Map<String, RotationReason> renewed) {

        Map<String, String> entries() {
            var entries = new LinkedHashMap<String, String>();
            entries.put(AUTHORITY, Pem.ofCertificates(authority.identity().chain()));
            entries.put(AUTHORITY_KEY, Pem.ofKey(authority.identity().key()));
            bundle.previous().ifPresent(old -> entries.put(PREVIOUS_AUTHORITY, Pem.ofCertificates(List.of(old))));
            entries.put(SERVING, Pem.ofCertificates(serving.chain()));
            entries.put(SERVING_KEY, Pem.ofKey(serving.key()));
            return entries;
        }
    }

    private Wanted wanted(Stored stored, Instant now) {
        var renewed = new LinkedHashMap<String, RotationReason>();
        var heldAuthority = Held.read(stored.entries(), AUTHORITY, AUTHORITY_KEY);
        var authority = switch (RotationPolicy.decide(heldAuthority, Need.authority(), now)) {
            case Keep _ -> new CertificateAuthority(heldAuthority.readable().orElseThrow());
            case Renew(var reason) -> {
                renewed.put("certificate authority", reason);
                yield CertificateAuthority.create("haldane CA", Validity.from(now, plan.authorityLife()));
            }
        };
        var bundle = bundle(stored, heldAuthority, authority).at(now);
        var heldServing = Held.read(stored.entries(), SERVING, SERVING_KEY);
        var serving = switch (RotationPolicy.decide(heldServing, Need.serving(plan.names(), bundle), now)) {
            case Keep _ -> heldServing.readable().orElseThrow();
            case Renew(var reason) -> {
                renewed.put("serving certificate", reason);
                yield authority.sign(new ServingRequest(plan.names(), servingLife(authority, now)));
            }
        };
        var until = earlier(
                Validity.of(authority.certificate()).renewAt(),
                Validity.of(serving.certificate()).renewAt());
        return new Wanted(authority, bundle, serving, until, renewed);
    }

    /// A certificate does not outlive its authority.
    private Validity servingLife(CertificateAuthority authority, Instant now) {
        var wanted = Validity.from(now, plan.servingLife());
        var end = Validity.of(authority.certificate()).notAfter();
        return new Validity(wanted.notBefore(), earlier(wanted.notAfter(), end));
    }

    /// Beside the authority: the one that it took over from, be it in the store or (when somebody has deleted that) in
    /// our memory.
    private TrustBundle bundle(Stored stored, Held heldAuthority, CertificateAuthority authority) {
        var current = authority.certificate();
        return heldAuthority
                .readable()
                .map(Identity::certificate)
                .or(() -> Optional.ofNullable(trusted).map(TrustBundle::current))
                .filter(old -> !old.equals(current))
                .map(old -> TrustBundle.of(old).succeededBy(current))
                .orElseGet(() -> new TrustBundle(current, previous(stored)));
    }

    private static Optional<X509Certificate> previous(Stored stored) {
        var text = stored.entries().get(PREVIOUS_AUTHORITY);
        try {
            return text == null
                    ? Optional.empty()
                    : Optional.of(Pem.certificates(text).getFirst());
        } catch (Pem.Unreadable _) {
            return Optional.empty();
        }
    }

    private Instant publish(Wanted wanted, Instant now) {
        var known = trusted;
        if (!wanted.bundle().equals(known)) {
            audience.trust(wanted.bundle());
            // Dropping an old authority, or naming the same one again, gives clients nothing to learn.
            var news = known != null
                    && !known.authorities().containsAll(wanted.bundle().authorities());
            trusted = wanted.bundle();
            trustedSince = news ? now : trustedSince;
        }
        if (wanted.serving().equals(served)) {
            return wanted.until();
        }
        var ready = trustedSince.plus(plan.settle());
        if (served != null && now.isBefore(ready)) {
            return earlier(ready, wanted.until());
        }
        audience.serve(wanted.serving());
        served = wanted.serving();
        return wanted.until();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
