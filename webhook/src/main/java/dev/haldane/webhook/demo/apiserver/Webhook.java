package dev.haldane.webhook.demo.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.demo.apiserver.Admission.Question;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One entry of a MutatingWebhookConfiguration or a ValidatingWebhookConfiguration: whom to ask about what ([webhook
/// configuration](https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/)).
record Webhook(JsonNode entry) {

    static List<Webhook> of(ObjectStore store, ResourceType configurations) {
        return store.list(configurations, "").items().stream()
                .sorted(Comparator.comparing(Tree::name))
                .flatMap(configuration -> configuration.path("webhooks").valueStream())
                .map(Webhook::new)
                .toList();
    }

    String name() {
        return Tree.text(entry, "name");
    }

    boolean mustAnswer() {
        return !Tree.text(entry, "failurePolicy").equals("Ignore");
    }

    boolean mayBeAskedAgain() {
        return Tree.text(entry, "reinvocationPolicy").equals("IfNeeded");
    }

    Duration timeout() {
        return Duration.ofSeconds(entry.path("timeoutSeconds").asInt(10));
    }

    /// `""` where a Service is named instead: there is no cluster network to reach it by.
    String url() {
        return Tree.text(entry, "clientConfig", "url");
    }

    /// PEM in base64.
    String caBundle() {
        return Tree.text(entry, "clientConfig", "caBundle");
    }

    /// The version in which it wants to be asked; empty if it does not want to be asked at all.
    Optional<String> interested(Question question, ObjectStore store) {
        if (!selects(question, store)) {
            return Optional.empty();
        }
        ApiPath path = question.path();
        Stream<String> versions = Stream.concat(
                Stream.of(path.version()),
                Tree.text(entry, "matchPolicy").equals("Exact") ? Stream.empty() : path.type().versions().stream());
        return versions.filter(
                        version -> entry.path("rules").valueStream().anyMatch(rule -> covers(rule, question, version)))
                .findFirst();
    }

    private static boolean covers(JsonNode rule, Question question, String version) {
        ApiPath path = question.path();
        String scope = Tree.text(rule, "scope");
        String resource = path.type().plural();
        String sub = path.subresource();
        return listed(rule.path("operations"), question.operation().name())
                && listed(rule.path("apiGroups"), path.type().group())
                && listed(rule.path("apiVersions"), version)
                && (scope.isEmpty()
                        || scope.equals("*")
                        || scope.equals("Namespaced") == path.type().namespaced())
                && rule.path("resources")
                        .valueStream()
                        .map(JsonNode::asText)
                        .anyMatch(pattern -> matches(pattern, resource, sub));
    }

    private static boolean listed(JsonNode list, String value) {
        return list.valueStream()
                .anyMatch(entry -> entry.asText().equals("*") || entry.asText().equals(value));
    }

    private static boolean matches(String pattern, String resource, String sub) {
        if (pattern.equals("*/*")) {
            return true;
        }
        int slash = pattern.indexOf('/');
        String wantedResource = slash < 0 ? pattern : pattern.substring(0, slash);
        String wantedSub = slash < 0 ? "" : pattern.substring(slash + 1);
        return (wantedResource.equals("*") || wantedResource.equals(resource))
                && (wantedSub.equals("*") ? !sub.isEmpty() : wantedSub.equals(sub));
    }

    private boolean selects(Question question, ObjectStore store) {
        JsonNode byNamespace = entry.path("namespaceSelector");
        ApiPath path = question.path();
        if (path.type().namespaced()) {
            Optional<ObjectNode> namespace = store.get(ResourceTypes.NAMESPACES, new ObjectKey("", path.namespace()));
            if (namespace.isPresent() && !Selector.ofObject(byNamespace).test(namespace.get())) {
                return false;
            }
        }
        var byObject = Selector.ofObject(entry.path("objectSelector"));
        return Stream.of(Optional.ofNullable(question.object()), Optional.ofNullable(question.before()))
                .flatMap(Optional::stream)
                .anyMatch(byObject);
    }
}
