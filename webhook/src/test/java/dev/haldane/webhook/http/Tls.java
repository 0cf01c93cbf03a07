package dev.haldane.webhook.http;

import dev.haldane.certs.TrustBundle;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A client that trusts what an API server would: the `caBundle`, nothing else.
public final class Tls {

    private Tls() {}

    public static HttpClient client(TrustBundle trust) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (var authority : trust.authorities()) {
                store.setCertificateEntry("authority-" + store.size(), authority);
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return HttpClient.newBuilder()
                    .sslContext(context)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
