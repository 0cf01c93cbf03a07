package dev.haldane.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.api.Test;

class PemTest {

    private final CertificateAuthority authority =
            CertificateAuthority.create("test", Validity.from(Instant.now(), Duration.ofDays(1)));

    @Test
    void certificates_come_back_in_their_order() throws Exception {
        var other = CertificateAuthority.create("other", Validity.from(Instant.now(), Duration.ofDays(1)));
        var chain = List.of(authority.certificate(), other.certificate());

        assertThat(Pem.certificates(Pem.ofCertificates(chain))).isEqualTo(chain);
    }

    @Test
    void a_key_comes_back_and_still_belongs_to_its_certificate() throws Exception {
        var key = Pem.key(Pem.ofKey(authority.identity().key()));

        assertThat(key).isEqualTo(authority.identity().key());
        assertThat(new Identity(key, authority.identity().chain()).keyMatches()).isTrue();
    }

    @Test
    void an_rsa_key_is_read_too() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var key = generator.generateKeyPair().getPrivate();

        assertThat(Pem.key(Pem.ofKey(key))).isEqualTo(key);
    }

    @Test
    void a_key_as_openssl_writes_it_is_read() throws Exception {
        // RFC 5915: the bare key with the name of its curve.
        var key = (ECPrivateKey) authority.identity().key();
        var bare = new org.bouncycastle.asn1.sec.ECPrivateKey(256, key.getS(), SECObjectIdentifiers.secp256r1);
        var text = "-----BEGIN EC PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(bare.getEncoded())
                + "\n-----END EC PRIVATE KEY-----\n";

        assertThat(((ECPrivateKey) Pem.key(text)).getS()).isEqualTo(key.getS());
    }

    @Test
    void lines_have_64_characters_and_end_with_a_newline() {
        var lines = Pem.ofCertificates(List.of(authority.certificate())).split("\n", -1);

        assertThat(lines[0]).isEqualTo("-----BEGIN CERTIFICATE-----");
        assertThat(lines[1]).hasSize(64);
        assertThat(lines[lines.length - 2]).isEqualTo("-----END CERTIFICATE-----");
        assertThat(lines[lines.length - 1]).isEmpty();
    }

    @Test
    void nonsense_is_unreadable_and_never_quoted() {
        var secret = Base64.getEncoder().encodeToString("a secret".getBytes(StandardCharsets.UTF_8));
        for (var text : List.of(
                "",
                "hello",
                "-----BEGIN PRIVATE KEY-----\n" + secret + "\n-----END PRIVATE KEY-----\n",
                "-----BEGIN CERTIFICATE-----\n" + secret + "\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\n" + secret)) {
            assertThatThrownBy(() -> Pem.certificates(text))
                    .isInstanceOf(Pem.Unreadable.class)
                    .message()
                    .doesNotContain(secret);
            assertThatThrownBy(() -> Pem.key(text))
                    .isInstanceOf(Pem.Unreadable.class)
                    .message()
                    .doesNotContain(secret);
        }
    }
}
