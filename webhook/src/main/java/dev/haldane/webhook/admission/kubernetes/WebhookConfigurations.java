package dev.haldane.webhook.admission.kubernetes;

import dev.haldane.certs.TrustBundle;
import dev.haldane.webhook.admission.Registration;
import dev.haldane.webhook.admission.Requester;
import dev.haldane.webhook.canary.ClusterUnavailable;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the two webhook configurations named `haldane` right. They are not removed when a server ends, for another
/// one may go on; they go with the installation: the garbage collector takes them when the ClusterRole `haldane`,
/// which the chart brings, is gone.
public final class WebhookConfigurations implements Registration {

    public static final String NAME = "haldane";

    private static final Logger LOG = LoggerFactory.getLogger(WebhookConfigurations.class);

    private final KubernetesClient client;
    private final DesiredWebhooks desired;

    /// @param ownNamespace of the server, which it does not review
    public WebhookConfigurations(KubernetesClient client, Callers callers, String ownNamespace) {
        this.client = client;
        this.desired = new DesiredWebhooks(callers, ownNamespace);
    }

    @Override
    public boolean register(TrustBundle trust) {
        try {
            var mutating = mutating(desired.mutating(trust));
            var validating = validating(desired.validating(trust));
            return mutating || validating;
        } catch (KubernetesClientException e) {
            throw new ClusterUnavailable("cannot write the webhook configurations: " + e.getMessage(), e);
        }
    }

    Resource<MutatingWebhookConfiguration> mutatingConfiguration() {
        return client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(NAME);
    }

    Resource<ValidatingWebhookConfiguration> validatingConfiguration() {
        return client.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName(NAME);
    }

    private boolean mutating(MutatingWebhook wanted) {
        var there = mutatingConfiguration().get();
        if (there != null
                && there.getWebhooks().stream().map(this::comparable).toList().equals(List.of(wanted))) {
            return false;
        }
        return apply(new MutatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withOwnerReferences(owners())
                .endMetadata()
                .withWebhooks(wanted)
                .build());
    }

    private boolean validating(ValidatingWebhook wanted) {
        var there = validatingConfiguration().get();
        if (there != null
                && there.getWebhooks().stream().map(this::comparable).toList().equals(List.of(wanted))) {
            return false;
        }
        return apply(new ValidatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withOwnerReferences(owners())
                .endMetadata()
                .withWebhooks(wanted)
                .build());
    }

    private boolean apply(HasMetadata configuration) {
        client.resource(configuration)
                .fieldManager(Requester.OURSELVES)
                .forceConflicts()
                .serverSideApply();
        LOG.info("{} {} written", configuration.getKind(), NAME);
        return true;
    }

    private List<OwnerReference> owners() {
        try {
            var role = client.rbac().clusterRoles().withName(NAME).get();
            return role == null
                    ? List.of()
                    : List.of(new OwnerReferenceBuilder()
                            .withApiVersion("rbac.authorization.k8s.io/v1")
                            .withKind("ClusterRole")
                            .withName(NAME)
                            .withUid(role.getMetadata().getUid())
                            .build());
        } catch (KubernetesClientException e) {
            LOG.warn("ClusterRole {} cannot be read, the configurations stay when it goes: {}", NAME, e.getMessage());
            return List.of();
        }
    }

    private MutatingWebhook comparable(MutatingWebhook there) {
        return new MutatingWebhookBuilder(there)
                .withNamespaceSelector(ours(there.getNamespaceSelector()))
                .build();
    }

    private ValidatingWebhook comparable(ValidatingWebhook there) {
        return new ValidatingWebhookBuilder(there)
                .withNamespaceSelector(ours(there.getNamespaceSelector()))
                .build();
    }

    /// Clouds add expressions of their own and would add them again after each of our writes.
    private LabelSelector ours(LabelSelector there) {
        var wanted = desired.namespaces();
        return there.getMatchExpressions().containsAll(wanted.getMatchExpressions())
                        && there.getMatchLabels().isEmpty()
                ? wanted
                : there;
    }
}
