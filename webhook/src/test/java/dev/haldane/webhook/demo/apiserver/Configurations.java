package dev.haldane.webhook.demo.apiserver;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperationsBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfigBuilder;

/// Configurations of webhooks that want to know of ConfigMaps outside of `kube-system`.
final class Configurations {

    private Configurations() {}

    static MutatingWebhookConfiguration mutating(String failurePolicy, String url, String caBundle) {
        return new MutatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName("change")
                .endMetadata()
                .addNewWebhook()
                .withName("change.example.org")
                .withClientConfig(client(url, caBundle))
                .withRules(rule())
                .withFailurePolicy(failurePolicy)
                .withNamespaceSelector(namespaces())
                .withSideEffects("None")
                .withAdmissionReviewVersions("v1")
                .endWebhook()
                .build();
    }

    static ValidatingWebhookConfiguration validating(String url, String caBundle) {
        return new ValidatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName("check")
                .endMetadata()
                .addNewWebhook()
                .withName("check.example.org")
                .withClientConfig(client(url, caBundle))
                .withRules(rule())
                .withFailurePolicy("Fail")
                .withNamespaceSelector(namespaces())
                .withSideEffects("None")
                .withAdmissionReviewVersions("v1")
                .endWebhook()
                .build();
    }

    private static WebhookClientConfig client(String url, String caBundle) {
        return new WebhookClientConfigBuilder()
                .withUrl(url)
                .withCaBundle(caBundle)
                .build();
    }

    private static RuleWithOperations rule() {
        return new RuleWithOperationsBuilder()
                .withApiGroups("")
                .withApiVersions("v1")
                .withResources("configmaps")
                .withOperations("CREATE", "UPDATE")
                .build();
    }

    private static LabelSelector namespaces() {
        return new LabelSelectorBuilder()
                .addNewMatchExpression()
                .withKey("kubernetes.io/metadata.name")
                .withOperator("NotIn")
                .withValues("kube-system")
                .endMatchExpression()
                .build();
    }
}
