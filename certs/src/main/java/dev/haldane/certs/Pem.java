package dev.haldane.certs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/// Certificates and private keys as PEM text (RFC 7468). Writes keys as PKCS #8; reads also OpenSSL's `EC PRIVATE KEY`
/// and `RSA PRIVATE KEY`.
public final class Pem {

    private static final int LINE = 64;

    private Pem() {}

    /// The text cannot be read. The message never quotes it: it may hold a key.
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }

        Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    public static String ofCertificates(List<X509Certificate> certificates) {
        var text = new StringBuilder();
        try {
            for (var certificate : certificates) {
                append(text, "CERTIFICATE", certificate.getEncoded());
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a certificate without an encoding", e);
        }
        return text.toString();
    }

    public static String ofKey(PrivateKey key) {
        var encoded = key.getEncoded();
        if (encoded == null) {
            throw new IllegalArgumentException("a private key that cannot leave its device");
        }
        var text = new StringBuilder();
        append(text, "PRIVATE KEY", encoded);
        return text.toString();
    }

    /// At least one certificate, in the order of the text.
    public static List<X509Certificate> certificates(String text) throws Unreadable {
        var found = new ArrayList<X509Certificate>();
        for (var object : objects(text)) {
            if (object instanceof X509CertificateHolder holder) {
                found.add(certificate(holder));
            }
        }
        if (found.isEmpty()) {
            throw new Unreadable("there is no certificate in it");
        }
        return found;
    }

    /// The first private key of the text.
    public static PrivateKey key(String text) throws Unreadable {
        for (var object : objects(text)) {
            if (object instanceof PrivateKeyInfo info) {
                return key(info);
            }
            if (object instanceof PEMKeyPair pair) {
                return key(pair.getPrivateKeyInfo());
            }
        }
        throw new Unreadable("there is no private key in it");
    }

    private static List<Object> objects(String text) throws Unreadable {
        var objects = new ArrayList<Object>();
        try (var parser = new PEMParser(new StringReader(text))) {
            for (var object = parser.readObject(); object != null; object = parser.readObject()) {
                objects.add(object);
            }
            return objects;
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw new Unreadable("it is not PEM", e);
        }
    }

    private static X509Certificate certificate(X509CertificateHolder holder) throws Unreadable {
        try (var bytes = new ByteArrayInputStream(holder.getEncoded())) {
            var certificate = CertificateFactory.getInstance("X.509").generateCertificate(bytes);
            return (X509Certificate) certificate;
        } catch (GeneralSecurityException | IOException e) {
            throw new Unreadable("it is not a certificate", e);
        }
    }

    private static PrivateKey key(PrivateKeyInfo info) throws Unreadable {
        var algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
        try {
            return KeyFactory.getInstance(X9ObjectIdentifiers.id_ecPublicKey.equals(algorithm) ? "EC" : "RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new Unreadable("it is not a private key", e);
        }
    }

    private static void append(StringBuilder text, String label, byte[] content) {
        var lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
        text.append("-----BEGIN ").append(label).append("-----\n");
        text.append(lines.encodeToString(content)).append('\n');
        text.append("-----END ").append(label).append("-----\n");
    }
}
