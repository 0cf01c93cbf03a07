package dev.haldane.webhook.demo.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.StringJoiner;

/// The sub-resource `/scale`: an `autoscaling/v1` Scale in the place of the object.
final class Scale {

    private Scale() {}

    static ObjectNode of(ObjectNode object) {
        ObjectNode scale = Tree.object();
        scale.put("kind", "Scale");
        scale.put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String field : new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
            metadata.set(field, Tree.at(object, "metadata", field));
        }
        scale.putObject("spec")
                .put("replicas", Tree.at(object, "spec", "replicas").asInt());
        var selector = new StringJoiner(",");
        Tree.at(object, "spec", "selector", "matchLabels")
                .properties()
                .forEach(label ->
                        selector.add(label.getKey() + "=" + label.getValue().asText()));
        scale.putObject("status")
                .put("replicas", Tree.at(object, "status", "replicas").asInt())
                .put("selector", selector.toString());
        return scale;
    }

    /// The object with the number of replicas that the Scale wants.
    static ObjectNode applied(ObjectNode object, ObjectNode scale) {
        JsonNode replicas = Tree.at(scale, "spec", "replicas");
        if (replicas.asInt() < 0) {
            throw ApiError.invalid(
                    "spec.replicas: Invalid value: " + replicas + ": must be greater than or equal to 0");
        }
        ObjectNode scaled = object.deepCopy();
        Tree.ensure(scaled, "spec").put("replicas", replicas.asInt());
        Tree.metadata(scaled).set("resourceVersion", Tree.at(scale, "metadata", "resourceVersion"));
        return scaled;
    }
}
