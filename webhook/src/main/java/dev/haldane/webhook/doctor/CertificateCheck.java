package dev.haldane.webhook.doctor;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/// How long what the API server trusts is still valid. The server renews it at two thirds of its life.
record CertificateCheck(KubernetesClient client, InstantSource clock) implements Check {

    private static final String RENEW = "the server renews it when it is there; its log says why it did not";

    @Override
    public String subject() {
        return "certificate";
    }

    @Override
    public List<Finding> look() {
        var configuration = client.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName("haldane")
                .get();
        if (configuration == null) {
            return List.of();
        }
        var bundle = configuration.getWebhooks().getFirst().getClientConfig().getCaBundle();
        try {
            var trusted = CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(Base64.getDecoder().decode(bundle)));
            return trusted.stream()
                    .map(X509Certificate.class::cast)
                    .max(Comparator.comparing(X509Certificate::getNotAfter))
                    .map(this::look)
                    .stream()
                    .toList();
        } catch (CertificateException | IllegalArgumentException e) {
            return List.of(Finding.wrong(subject(), "caBundle is not readable: " + e.getMessage(), RENEW));
        }
    }

    private Finding look(X509Certificate authority) {
        var end = authority.getNotAfter().toInstant();
        var left = Duration.between(clock.instant(), end);
        if (left.isNegative()) {
            return Finding.wrong(subject(), "the authority has ended at " + end, RENEW);
        }
        var found = "the authority ends in " + left.toDays() + " days, at " + end;
        var life = Duration.between(authority.getNotBefore().toInstant(), end);
        return left.compareTo(life.dividedBy(3)) > 0
                ? Finding.ok(subject(), found)
                : Finding.warning(subject(), found + ", and should have been renewed", RENEW);
    }
}
