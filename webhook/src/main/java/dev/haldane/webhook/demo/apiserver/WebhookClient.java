package dev.haldane.webhook.demo.apiserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Asks webhooks over HTTPS and trusts exactly their `caBundle`. HTTP/1.1 with connections kept, as kube-apiserver
/// does.
final class WebhookClient implements AutoCloseable {

    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

    /// @param review an AdmissionReview with a request
    /// @return the `response` in the AdmissionReview that comes back
    /// @throws IOException if there is no usable answer in time
    JsonNode ask(Webhook webhook, ObjectNode review) throws IOException {
        if (webhook.url().isEmpty()) {
            throw new IOException("a Service cannot be reached from here: there is no cluster network");
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(webhook.url()))
                .timeout(webhook.timeout())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Tree.print(review)))
                .build();
        try {
            var answer = client(webhook.caBundle()).send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException("status " + answer.statusCode());
            }
            JsonNode response = Tree.parse(answer.body()).path("response");
            String uid = Tree.text(review, "request", "uid");
            if (!Tree.text(response, "uid").equals(uid)) {
                throw new IOException("the answer is to another question: expected response.uid=\"" + uid + "\"");
            }
            return response;
        } catch (ApiError e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private HttpClient client(String caBundle) throws IOException {
        HttpClient known = clients.get(caBundle);
        if (known != null) {
            return known;
        }
        HttpClient made = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(caBundle))
                .build();
        HttpClient earlier = clients.putIfAbsent(caBundle, made);
        return earlier == null ? made : earlier;
    }

    private static SSLContext trusting(String caBundle) throws IOException {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            byte[] pem = Base64.getDecoder().decode(caBundle.getBytes(UTF_8));
            int number = 0;
            for (Certificate one :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
                trusted.setCertificateEntry("ca-" + number++, one);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("the caBundle cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        clients.values().forEach(HttpClient::shutdownNow);
    }
}
