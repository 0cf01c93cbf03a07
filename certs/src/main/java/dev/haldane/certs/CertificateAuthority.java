package dev.haldane.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Signs serving certificates. Keys are ECDSA on P-256, made by the JDK; Bouncy Castle only writes the certificates.
public record CertificateAuthority(Identity identity) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /// RFC 5280, 4.1.2.2: positive and at most 20 octets.
    private static final int SERIAL_BITS = 159;

    /// A new key and a certificate for it that it signs itself.
    public static CertificateAuthority create(String commonName, Validity validity) {
        var keys = newKeys();
        var name = name(commonName);
        var certificate = new JcaX509v3CertificateBuilder(
                name,
                newSerial(),
                Date.from(validity.notBefore()),
                Date.from(validity.notAfter()),
                name,
                keys.getPublic());
        try {
            var ids = new JcaX509ExtensionUtils();
            certificate
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(keys.getPublic()));
            return new CertificateAuthority(
                    new Identity(keys.getPrivate(), List.of(signed(certificate, keys.getPrivate()))));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot write a certificate for " + commonName, e);
        }
    }

    public X509Certificate certificate() {
        return identity.certificate();
    }

    /// A new key and a certificate for it, good for TLS servers of these names.
    public Identity sign(ServingRequest request) {
        var keys = newKeys();
        var subject = name("haldane");
        try {
            var certificate = serving(request, subject, keys.getPublic());
            return new Identity(keys.getPrivate(), List.of(signed(certificate, identity.key()), certificate()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot write a certificate for " + request.names(), e);
        }
    }

    private X509v3CertificateBuilder serving(ServingRequest request, X500Name subject, PublicKey key)
            throws GeneralSecurityException, CertIOException {
        var ids = new JcaX509ExtensionUtils();
        return new JcaX509v3CertificateBuilder(
                        certificate(),
                        newSerial(),
                        Date.from(request.validity().notBefore()),
                        Date.from(request.validity().notAfter()),
                        subject,
                        key)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(Extension.subjectAlternativeName, false, alternatives(request.names()))
                .addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(key))
                .addExtension(Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(certificate()));
    }

    private static GeneralNames alternatives(List<String> names) {
        return new GeneralNames(names.stream()
                .map(name -> Identity.isAddress(name)
                        ? new GeneralName(GeneralName.iPAddress, Identity.canonical(name))
                        : new GeneralName(GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    private static X509Certificate signed(X509v3CertificateBuilder certificate, PrivateKey by)
            throws GeneralSecurityException {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(by);
            return new JcaX509CertificateConverter().getCertificate(certificate.build(signer));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static BigInteger newSerial() {
        return new BigInteger(SERIAL_BITS, RANDOM).max(BigInteger.ONE);
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no P-256 keys", e);
        }
    }
}
