package dev.haldane.certs;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The authorities that clients should trust: the one that signs, and beside it the one before, until that has
/// expired. So a new authority is known to all clients long before they meet the first certificate that it signed.
public record TrustBundle(X509Certificate current, Optional<X509Certificate> previous) {

    public static TrustBundle of(X509Certificate current) {
        return new TrustBundle(current, Optional.empty());
    }

    /// The bundle after a change of authority.
    public TrustBundle succeededBy(X509Certificate next) {
        return new TrustBundle(next, Optional.of(current));
    }

    /// Without a previous authority that is no longer good.
    public TrustBundle at(Instant now) {
        return new TrustBundle(
                current, previous.filter(old -> !Validity.of(old).notAfter().isBefore(now)));
    }

    public List<X509Certificate> authorities() {
        return Stream.concat(Stream.of(current), previous.stream()).toList();
    }

    /// True if one of the authorities signed the certificate.
    public boolean trusts(X509Certificate certificate) {
        return authorities().stream().anyMatch(authority -> signed(authority, certificate));
    }

    /// As `caBundle` of a webhook configuration has it, before base64.
    public String pem() {
        return Pem.ofCertificates(authorities());
    }

    private static boolean signed(X509Certificate authority, X509Certificate certificate) {
        if (!Arrays.equals(
                authority.getSubjectX500Principal().getEncoded(),
                certificate.getIssuerX500Principal().getEncoded())) {
            return false;
        }
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
