package dev.haldane.certs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// A private key and the certificate that goes with it.
///
/// @param chain the certificate first, then those of its issuers; at least one
public record Identity(PrivateKey key, List<X509Certificate> chain) {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    public Identity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("an identity without a certificate");
        }
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /// The names that the certificate is good for, in the form of [#canonical].
    public Set<String> names() {
        return namesOf(certificate());
    }

    /// True if the key signs what the certificate verifies.
    public boolean keyMatches() {
        var algorithm = "EC".equals(key.getAlgorithm()) ? "SHA256withECDSA" : "SHA256withRSA";
        try {
            var challenge = new byte[32];
            new SecureRandom().nextBytes(challenge);
            var signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(challenge);
            var verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate().getPublicKey());
            verifier.update(challenge);
            return verifier.verify(signer.sign());
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    /// A key store with this one entry, as the JDK's and Jetty's TLS want it.
    public KeyStore keyStore(String password) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("identity", key, password.toCharArray(), chain.toArray(new Certificate[0]));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the JDK refuses its own key store", e);
        }
    }

    /// One spelling for each name: lower case, addresses as the JDK prints them.
    static String canonical(String name) {
        if (!isAddress(name)) {
            return name.toLowerCase(Locale.ROOT);
        }
        try {
            // No look-up: a literal address is only parsed.
            return InetAddress.getByName(name).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + name, e);
        }
    }

    static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }

    private static Set<String> namesOf(X509Certificate certificate) {
        var names = new TreeSet<String>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (var name : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (name.get(0) instanceof Integer type
                        && (type == DNS_NAME || type == IP_ADDRESS)
                        && name.get(1) instanceof String text) {
                    names.add(canonical(text));
                }
            }
        } catch (CertificateParsingException _) {
            // No names: the policy then finds that they differ, and renews.
            return Set.of();
        }
        return names;
    }
}
