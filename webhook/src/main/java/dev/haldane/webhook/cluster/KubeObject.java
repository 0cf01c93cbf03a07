package dev.haldane.webhook.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/// One object of the API. Fields that nobody here knows of are kept. Nobody changes the tree: [#with] copies it.
public record KubeObject(ObjectNode tree) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// A new object with a name and nothing else.
    public static KubeObject named(Kind kind, String namespace, String name) {
        var tree = JSON.objectNode();
        tree.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        tree.putObject("metadata").put("namespace", namespace).put("name", name);
        return new KubeObject(tree);
    }

    public String name() {
        return at("metadata", "name").asText();
    }

    public String namespace() {
        return at("metadata", "namespace").asText();
    }

    public String uid() {
        return at("metadata", "uid").asText();
    }

    public String resourceVersion() {
        return at("metadata", "resourceVersion").asText();
    }

    /// `""` if there is none.
    public String annotation(String key) {
        return at("metadata", "annotations", key).asText("");
    }

    /// `""` if there is none.
    public String label(String key) {
        return at("metadata", "labels", key).asText("");
    }

    /// Whether this uid is the controller among the owners.
    public boolean controlledBy(String uid) {
        for (var owner : at("metadata", "ownerReferences")) {
            if (owner.path("controller").asBoolean()
                    && owner.path("uid").asText().equals(uid)) {
                return true;
            }
        }
        return false;
    }

    /// This object with one owner, its controller, so that it goes when the owner goes.
    public KubeObject ownedBy(String apiVersion, String kind, String name, String uid) {
        var owners = JSON.arrayNode();
        owners.addObject()
                .put("apiVersion", apiVersion)
                .put("kind", kind)
                .put("name", name)
                .put("uid", uid)
                .put("controller", true)
                .put("blockOwnerDeletion", true);
        return with(owners, "metadata", "ownerReferences");
    }

    /// What stands there; a missing node if nothing does.
    public JsonNode at(String... path) {
        JsonNode node = tree;
        for (var step : path) {
            node = node.path(step);
        }
        return node;
    }

    /// The strings of a map such as labels, sorted by key.
    public Map<String, String> texts(String... path) {
        var texts = new TreeMap<String, String>();
        for (var property : at(path).properties()) {
            texts.put(property.getKey(), property.getValue().asText());
        }
        return texts;
    }

    /// This object with another value there; objects on the way are made where they are missing.
    public KubeObject with(JsonNode value, String... path) {
        var copy = tree.deepCopy();
        parent(copy, path).set(path[path.length - 1], value);
        return new KubeObject(copy);
    }

    public KubeObject with(String value, String... path) {
        return with(JSON.textNode(value), path);
    }

    public KubeObject with(Map<String, String> texts, String... path) {
        return with(object(texts), path);
    }

    public KubeObject without(String... path) {
        var copy = tree.deepCopy();
        parent(copy, path).remove(path[path.length - 1]);
        return new KubeObject(copy);
    }

    private static ObjectNode parent(ObjectNode root, String... path) {
        var node = root;
        for (int i = 0; i < path.length - 1; i++) {
            node = node.path(path[i]) instanceof ObjectNode child ? child : node.putObject(path[i]);
        }
        return node;
    }

    /// Strings as a JSON object.
    public static ObjectNode object(Map<String, String> texts) {
        var object = JSON.objectNode();
        texts.forEach(object::put);
        return object;
    }
}
