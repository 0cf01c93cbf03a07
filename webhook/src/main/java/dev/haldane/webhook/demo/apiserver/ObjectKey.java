package dev.haldane.webhook.demo.apiserver;

import com.fasterxml.jackson.databind.JsonNode;

/// An object among those of its type.
///
/// @param namespace `""` for objects of the cluster
record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {

    static ObjectKey of(JsonNode object) {
        return new ObjectKey(Tree.namespace(object), Tree.name(object));
    }

    @Override
    public int compareTo(ObjectKey other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }
}
