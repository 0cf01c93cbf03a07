package dev.haldane.webhook.doctor;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/// Whether the server may do what it does. A test compares the list with the roles of the chart.
///
/// @param namespace the server's own, where its ServiceAccount is
record RightsCheck(KubernetesClient client, String namespace) implements Check {

    /// What a resource needs.
    ///
    /// @param own in the server's namespace alone
    record Right(String group, String resource, List<String> verbs, boolean own) {}

    static final List<Right> NEEDED = List.of(
            everywhere("flagger.app", "canaries", "get", "list", "watch", "create", "patch"),
            everywhere("flagger.app", "canaries/status", "update"),
            everywhere("flagger.app", "canaries/finalizers", "update"),
            everywhere("apps", "deployments", "get", "list", "watch", "create", "update", "patch"),
            everywhere("apps", "deployments/scale", "patch"),
            everywhere("apps", "controllerrevisions", "get", "create", "delete"),
            everywhere("apps", "statefulsets", "list", "watch"),
            everywhere("apps", "daemonsets", "list", "watch"),
            everywhere("autoscaling", "horizontalpodautoscalers", "get", "list", "watch", "create", "update"),
            everywhere("", "services", "get", "list", "watch", "create", "patch"),
            everywhere("", "events", "get", "create", "patch"),
            everywhere("", "namespaces", "list", "watch"),
            everywhere("", "persistentvolumeclaims", "list", "watch"),
            everywhere("networking.k8s.io", "ingresses", "list", "watch"),
            everywhere("networking.istio.io", "virtualservices", "get", "list", "watch", "create", "update", "patch"),
            everywhere("networking.istio.io", "destinationrules", "get", "list", "watch", "create", "update"),
            everywhere(
                    "admissionregistration.k8s.io",
                    "mutatingwebhookconfigurations",
                    "get",
                    "list",
                    "watch",
                    "create",
                    "patch"),
            everywhere(
                    "admissionregistration.k8s.io",
                    "validatingwebhookconfigurations",
                    "get",
                    "list",
                    "watch",
                    "create",
                    "patch"),
            new Right("coordination.k8s.io", "leases", List.of("get", "create", "update"), true),
            new Right("", "secrets", List.of("get", "list", "watch", "create", "update"), true));

    private static Right everywhere(String group, String resource, String... verbs) {
        return new Right(group, resource, List.of(verbs), false);
    }

    private String account() {
        return "system:serviceaccount:" + namespace + ":haldane";
    }

    @Override
    public String subject() {
        return "rights of " + account();
    }

    @Override
    public List<Finding> look() {
        var missing = NEEDED.stream()
                .flatMap(right -> right.verbs().stream()
                        .filter(verb -> !may(right, verb))
                        .map(verb -> verb + " " + right.resource()))
                .toList();
        return List.of(
                missing.isEmpty()
                        ? Finding.ok(subject(), "are all there")
                        : Finding.wrong(
                                subject(),
                                "are missing: " + String.join(", ", missing),
                                "helm upgrade haldane charts/haldane --reuse-values --namespace " + namespace));
    }

    private boolean may(Right right, String verb) {
        var slash = right.resource().indexOf('/');
        var review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(account())
                .withGroups("system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated")
                .withNewResourceAttributes()
                .withGroup(right.group())
                .withResource(slash < 0 ? right.resource() : right.resource().substring(0, slash))
                .withSubresource(slash < 0 ? "" : right.resource().substring(slash + 1))
                .withVerb(verb)
                .withNamespace(right.own() ? namespace : "")
                .endResourceAttributes()
                .endSpec()
                .build();
        return Boolean.TRUE.equals(client.authorization()
                .v1()
                .subjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed());
    }
}
