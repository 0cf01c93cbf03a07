package dev.haldane.webhook.doctor;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether the API server asks us, and hears the answer: it is given a Canary that only our review refuses, as a
/// rehearsal (`dryRun`), so that address, trust and answer are tried at once and nothing is written.
record WebhookCheck(KubernetesClient client, String namespace) implements Check {

    private static final String NAME = "haldane";
    private static final String VALIDATING = "validate.haldane.dev";

    @Override
    public String subject() {
        return "webhook";
    }

    @Override
    public List<Finding> look() {
        var mutating = client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(NAME)
                .get();
        var validating = client.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName(NAME)
                .get();
        if (mutating == null || validating == null) {
            return List.of(Finding.wrong(
                    subject(),
                    "is not registered: the server writes its configurations when it is ready",
                    "is the server running? kubectl get pods,endpointslices --namespace " + namespace));
        }
        var webhook = validating.getWebhooks().getFirst();
        return List.of(Finding.ok(subject(), "is registered at " + address(webhook.getClientConfig())), reached());
    }

    private static String address(WebhookClientConfig config) {
        return Optional.ofNullable(config.getService())
                .map(service -> "Service " + service.getNamespace() + "/" + service.getName())
                .orElseGet(config::getUrl);
    }

    private Finding reached() {
        try {
            client.resource(refusable()).dryRun().create();
            return Finding.wrong(
                    "webhook review",
                    "a Canary that it refuses was let in: the API server cannot reach the webhook, or does not trust it",
                    "events and the API server's log say why; a firewall between control plane and nodes has to let "
                            + "port 8443 through");
        } catch (KubernetesClientException refused) {
            var said = String.valueOf(refused.getMessage());
            return said.contains(VALIDATING)
                    ? Finding.ok("webhook review", "was asked by the API server, and refused what it should")
                    : Finding.warning(
                            "webhook review",
                            "could not be tried: " + said,
                            "run doctor as a user who may create Canaries");
        }
    }

    /// A step of more than 100 percent: the schema lets it pass.
    private static GenericKubernetesResource refusable() {
        var canary = new GenericKubernetesResource();
        canary.setApiVersion("flagger.app/v1beta1");
        canary.setKind("Canary");
        canary.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
                .withName("haldane-doctor")
                .withNamespace("default")
                .build());
        canary.setAdditionalProperty(
                "spec",
                Map.of(
                        "targetRef",
                        Map.of("apiVersion", "apps/v1", "kind", "Deployment", "name", "haldane-doctor"),
                        "service",
                        Map.of("port", 80),
                        "analysis",
                        Map.of("interval", "60s", "threshold", 5, "maxWeight", 50, "stepWeight", 1000)));
        return canary;
    }
}
