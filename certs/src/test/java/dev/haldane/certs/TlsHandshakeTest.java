package dev.haldane.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsHandshakeTest {

    private static final String WORD = "not a secret";

    private final Validity day = Validity.from(Instant.now(), Duration.ofDays(1));
    private final CertificateAuthority authority = CertificateAuthority.create("test CA", day);
    private final CertificateAuthority successor = CertificateAuthority.create("test CA", day);

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void a_client_that_trusts_the_authority_accepts_name_and_address(String protocol) throws Exception {
        var identity = authority.sign(new ServingRequest(List.of("haldane.test", "127.0.0.1", "::1"), day));
        var trust = TrustBundle.of(authority.certificate());

        for (var name : List.of("haldane.test", "127.0.0.1", "::1")) {
            assertThat(handshake(identity, trust, name, protocol)).as(name).isEqualTo(protocol);
        }
    }

    @Test
    void another_name_is_refused() {
        var identity = authority.sign(new ServingRequest(List.of("haldane.test"), day));

        assertThatThrownBy(() -> handshake(identity, TrustBundle.of(authority.certificate()), "other.test", "TLSv1.3"))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void the_certificate_of_an_unknown_authority_is_refused() {
        var identity = authority.sign(new ServingRequest(List.of("haldane.test"), day));

        assertThatThrownBy(
                        () -> handshake(identity, TrustBundle.of(successor.certificate()), "haldane.test", "TLSv1.3"))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void an_expired_certificate_is_refused() {
        var past = new Validity(Instant.now().minusSeconds(100), Instant.now().minusSeconds(10));
        var identity = authority.sign(new ServingRequest(List.of("haldane.test"), past));

        assertThatThrownBy(
                        () -> handshake(identity, TrustBundle.of(authority.certificate()), "haldane.test", "TLSv1.3"))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void during_a_change_of_authority_the_certificates_of_both_are_accepted() throws Exception {
        var both = TrustBundle.of(authority.certificate()).succeededBy(successor.certificate());
        var request = new ServingRequest(List.of("haldane.test"), day);

        for (var signer : List.of(authority, successor)) {
            assertThat(handshake(signer.sign(request), both, "haldane.test", "TLSv1.3"))
                    .isEqualTo("TLSv1.3");
        }
    }

    private static String handshake(Identity identity, TrustBundle trust, String name, String protocol)
            throws Exception {
        try (var server = (SSLServerSocket) serverContext(identity)
                        .getServerSocketFactory()
                        .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answered = threads.submit(() -> {
                try (var socket = server.accept()) {
                    socket.getOutputStream().write('!');
                } catch (IOException _) {
                    // The client has gone away: it says why.
                }
            });
            try {
                return connect(trust, name, protocol, server.getLocalPort());
            } finally {
                answered.get();
            }
        }
    }

    private static String connect(TrustBundle trust, String name, String protocol, int port) throws Exception {
        // The address comes from us, the name only says whom we expect: nothing is looked up.
        var address =
                InetAddress.getByAddress(name, InetAddress.getLoopbackAddress().getAddress());
        try (var plain = new java.net.Socket()) {
            plain.connect(new InetSocketAddress(address, port));
            try (var socket =
                    (SSLSocket) clientContext(trust).getSocketFactory().createSocket(plain, name, port, true)) {
                var parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                parameters.setProtocols(new String[] {protocol});
                socket.setSSLParameters(parameters);
                assertThat(socket.getInputStream().read()).isEqualTo('!');
                return socket.getSession().getProtocol();
            }
        }
    }

    private static SSLContext serverContext(Identity identity) throws GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity.keyStore(WORD), WORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static SSLContext clientContext(TrustBundle trust) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (var authority : trust.authorities()) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
