package dev.haldane.webhook.demo.apiserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// What the server adds to built-in objects, and the few things that it checks: only what a rollout can notice.
final class Defaults {

    private Defaults() {}

    /// @param before the object as it is; null if it is new
    /// @throws ApiError 422 if the object cannot be accepted
    static void fill(ResourceType type, @Nullable ObjectNode before, ObjectNode object) {
        switch (type.qualified()) {
            case "namespaces" -> namespace(object);
            case "services" -> service(before, object);
            case "secrets" -> secret(object);
            case "deployments.apps" -> deployment(type, before, object);
            case "horizontalpodautoscalers.autoscaling" -> put(Tree.ensure(object, "spec"), "minReplicas", 1);
            case "customresourcedefinitions.apiextensions.k8s.io" -> definition(object);
            default -> {
                // Nothing that a rollout could notice.
            }
        }
    }

    private static void namespace(ObjectNode object) {
        Tree.ensure(Tree.metadata(object), "labels").put("kubernetes.io/metadata.name", Tree.name(object));
        Tree.ensure(object, "status").put("phase", "Active");
    }

    private static void service(@Nullable ObjectNode before, ObjectNode object) {
        ObjectNode spec = Tree.ensure(object, "spec");
        put(spec, "type", "ClusterIP");
        put(spec, "sessionAffinity", "None");
        if (before != null && Tree.text(spec, "clusterIP").isEmpty()) {
            spec.set("clusterIP", Tree.at(before, "spec", "clusterIP"));
        }
        put(spec, "clusterIP", address(Tree.uid(object)));
        for (JsonNode port : spec.path("ports")) {
            if (port instanceof ObjectNode one) {
                put(one, "protocol", "TCP");
                if (!one.has("targetPort")) {
                    one.set("targetPort", one.path("port"));
                }
            }
        }
    }

    /// An address that is nobody's; it has to look like one only.
    private static String address(String uid) {
        int hash = uid.hashCode();
        return "10.96." + (hash >>> 8 & 0xff) + "." + (hash & 0xff);
    }

    private static void secret(ObjectNode object) {
        put(object, "type", "Opaque");
        Tree.child(object, "stringData").ifPresent(plain -> {
            ObjectNode data = Tree.ensure(object, "data");
            plain.properties()
                    .forEach(entry -> data.put(
                            entry.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(entry.getValue().asText().getBytes(UTF_8))));
            object.remove("stringData");
        });
    }

    private static void deployment(ResourceType type, @Nullable ObjectNode before, ObjectNode object) {
        ObjectNode spec = Tree.ensure(object, "spec");
        JsonNode selector = spec.path("selector");
        if (!(selector.path("matchLabels") instanceof ObjectNode) && !selector.has("matchExpressions")) {
            throw ApiError.invalid(type, Tree.name(object), "spec.selector: Required value");
        }
        if (!Selector.ofObject(selector).test(spec.path("template"))) {
            throw ApiError.invalid(
                    type,
                    Tree.name(object),
                    "spec.template.metadata.labels: Invalid value: `selector` does not match template `labels`");
        }
        if (before != null && !Tree.at(before, "spec", "selector").equals(selector)) {
            throw ApiError.invalid(type, Tree.name(object), "spec.selector: Invalid value: field is immutable");
        }
        put(spec, "replicas", 1);
        put(spec, "revisionHistoryLimit", 10);
        put(spec, "progressDeadlineSeconds", 600);
        put(Tree.ensure(spec, "strategy"), "type", "RollingUpdate");
    }

    private static void definition(ObjectNode object) {
        var conditions = Tree.ensure(object, "status").putArray("conditions");
        conditions
                .addObject()
                .put("type", "NamesAccepted")
                .put("status", "True")
                .put("reason", "NoConflicts");
        conditions.addObject().put("type", "Established").put("status", "True").put("reason", "InitialNamesAccepted");
    }

    private static void put(ObjectNode object, String field, String value) {
        if (Tree.text(object, field).isEmpty()) {
            object.put(field, value);
        }
    }

    private static void put(ObjectNode object, String field, int value) {
        if (!object.hasNonNull(field)) {
            object.put(field, value);
        }
    }
}
