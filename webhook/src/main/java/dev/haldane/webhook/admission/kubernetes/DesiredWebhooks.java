package dev.haldane.webhook.admission.kubernetes;

import dev.haldane.certs.TrustBundle;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MatchCondition;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperationsBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// What the webhook configurations should say. Every field is given, also where the API server has a default: so what
/// it gives back can be compared.
final class DesiredWebhooks {

    static final String MUTATE = "mutate.haldane.dev";
    static final String VALIDATE = "validate.haldane.dev";

    private static final int SECONDS = 3;
    private static final List<String> WRITES = List.of("CREATE", "UPDATE");

    /// The control plane's own writes, several for each rollout of a Deployment, are no user's wishes.
    private static final String NOT_THE_CONTROL_PLANE = """
            !(request.userInfo.username in ['system:kube-controller-manager', \
            'system:serviceaccount:kube-system:deployment-controller', \
            'system:serviceaccount:kube-system:horizontal-pod-autoscaler', \
            'system:serviceaccount:kube-system:endpointslice-controller', \
            'system:serviceaccount:kube-system:generic-garbage-collector', \
            'system:serviceaccount:kube-system:namespace-controller'])""";

    private final Callers callers;
    private final String ownNamespace;

    DesiredWebhooks(Callers callers, String ownNamespace) {
        this.callers = callers;
        this.ownNamespace = ownNamespace;
    }

    MutatingWebhook mutating(TrustBundle trust) {
        return new MutatingWebhookBuilder()
                .withName(MUTATE)
                .withClientConfig(client("/mutate", trust))
                .withRules(
                        rule("apps", List.of("v1"), "deployments"),
                        rule("", List.of("v1"), "services"),
                        rule("networking.istio.io", List.of("v1", "v1beta1", "v1alpha3"), "virtualservices"))
                .withFailurePolicy("Ignore")
                .withMatchPolicy("Equivalent")
                .withNamespaceSelector(namespaces())
                .withObjectSelector(new LabelSelector())
                .withSideEffects("None")
                .withTimeoutSeconds(SECONDS)
                .withAdmissionReviewVersions("v1")
                .withReinvocationPolicy("IfNeeded")
                .withMatchConditions(
                        new MatchCondition(NOT_THE_CONTROL_PLANE, "not-the-control-plane"),
                        new MatchCondition("!has(object.metadata.deletionTimestamp)", "not-being-deleted"))
                .build();
    }

    ValidatingWebhook validating(TrustBundle trust) {
        return new ValidatingWebhookBuilder()
                .withName(VALIDATE)
                .withClientConfig(client("/validate", trust))
                .withRules(rule("flagger.app", List.of("*"), "canaries"))
                .withFailurePolicy("Ignore")
                .withMatchPolicy("Equivalent")
                .withNamespaceSelector(namespaces())
                .withObjectSelector(new LabelSelector())
                .withSideEffects("None")
                .withTimeoutSeconds(SECONDS)
                .withAdmissionReviewVersions("v1")
                .withMatchConditions(new MatchCondition("!has(object.metadata.deletionTimestamp)", "not-being-deleted"))
                .build();
    }

    private WebhookClientConfig client(String path, TrustBundle trust) {
        var bundle = Base64.getEncoder().encodeToString(trust.pem().getBytes(StandardCharsets.US_ASCII));
        var builder = new WebhookClientConfigBuilder().withCaBundle(bundle);
        return switch (callers) {
            case Callers.ByUrl(var url) ->
                builder.withUrl(url.resolve(path).toString()).build();
            case Callers.ByService(var namespace, var name, var port) ->
                builder.withNewService(name, namespace, path, port).build();
        };
    }

    private static RuleWithOperations rule(String group, List<String> versions, String resource) {
        return new RuleWithOperationsBuilder()
                .withApiGroups(group)
                .withApiVersions(versions)
                .withResources(resource)
                .withOperations(WRITES)
                .withScope("Namespaced")
                .build();
    }

    /// By name, which nobody can take off a namespace: what a cluster needs to live, and what we need to live.
    LabelSelector namespaces() {
        return new LabelSelectorBuilder()
                .addNewMatchExpression()
                .withKey("kubernetes.io/metadata.name")
                .withOperator("NotIn")
                .withValues("kube-system", "kube-node-lease", "kube-public", ownNamespace)
                .endMatchExpression()
                .build();
    }
}
