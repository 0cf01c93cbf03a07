package dev.haldane.webhook.demo.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.demo.apiserver.ResourceType.Trait;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/// Brings what a client sends into what may be stored: metadata that the server owns, status and spec apart,
/// generations, defaults.
final class Preparation {

    private static final List<String> OWNED =
            List.of("uid", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds");

    private Preparation() {}

    static ObjectNode forCreate(ApiPath path, ObjectNode body) {
        ResourceType type = path.type();
        ObjectNode object = typed(type, body);
        ObjectNode metadata = Tree.metadata(object);
        if (Tree.text(metadata, "name").isEmpty() && metadata.hasNonNull("generateName")) {
            metadata.put(
                    "name",
                    Tree.text(metadata, "generateName")
                            + UUID.randomUUID().toString().substring(0, 5));
        }
        if (Tree.text(metadata, "name").isEmpty()) {
            throw ApiError.invalid(type, "", "metadata.name: Required value: name or generateName is required");
        }
        place(path, metadata);
        OWNED.forEach(metadata::remove);
        metadata.remove("managedFields");
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", now());
        metadata.put("generation", 1);
        if (type.is(Trait.STATUS)) {
            object.remove("status");
        }
        if (type.is(Trait.STATUS) && type.is(Trait.BUILT_IN)) {
            object.putObject("status");
        }
        Defaults.fill(type, null, object);
        return object;
    }

    /// @throws ApiError 409 if the body is about another version or another object of the same name
    static ObjectNode forUpdate(ApiPath path, ObjectNode before, ObjectNode body) {
        ResourceType type = path.type();
        expectSame(type, before, body);
        ObjectNode object = typed(type, body);
        ObjectNode metadata = Tree.metadata(object);
        place(path, metadata);
        for (String field : OWNED) {
            keep(metadata, before.path("metadata"), field);
        }
        metadata.remove("managedFields");
        metadata.set("resourceVersion", Tree.at(before, "metadata", "resourceVersion"));
        if (type.is(Trait.STATUS)) {
            keep(object, before, "status");
        }
        Defaults.fill(type, before, object);
        if (!content(type, object).equals(content(type, before))) {
            metadata.put("generation", Tree.at(before, "metadata", "generation").asLong() + 1);
        }
        return object;
    }

    /// Takes nothing but the status.
    static ObjectNode forStatus(ApiPath path, ObjectNode before, ObjectNode body) {
        expectSame(path.type(), before, body);
        ObjectNode object = before.deepCopy();
        keep(object, body, "status");
        return object;
    }

    static ObjectNode marked(ObjectNode before) {
        ObjectNode object = before.deepCopy();
        Tree.metadata(object).put("deletionTimestamp", now()).put("deletionGracePeriodSeconds", 0);
        return object;
    }

    static boolean isDeleted(JsonNode object) {
        return Tree.at(object, "metadata").hasNonNull("deletionTimestamp");
    }

    static boolean hasFinalizers(JsonNode object) {
        return !Tree.at(object, "metadata", "finalizers").isEmpty();
    }

    private static ObjectNode typed(ResourceType type, ObjectNode body) {
        ObjectNode object = Tree.object();
        object.put("kind", type.kind());
        object.put("apiVersion", type.storageApiVersion());
        object.setAll(body.deepCopy());
        object.put("apiVersion", type.storageApiVersion());
        return object;
    }

    private static void place(ApiPath path, ObjectNode metadata) {
        if (!path.name().isEmpty() && !Tree.text(metadata, "name").equals(path.name())) {
            throw ApiError.badRequest("the name of the object (" + Tree.text(metadata, "name")
                    + ") does not match the name on the URL (" + path.name() + ")");
        }
        String namespace = Tree.text(metadata, "namespace");
        if (!namespace.isEmpty() && !namespace.equals(path.namespace())) {
            throw ApiError.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the" + " request");
        }
        if (path.namespace().isEmpty()) {
            metadata.remove("namespace");
        } else {
            metadata.put("namespace", path.namespace());
        }
    }

    private static void expectSame(ResourceType type, ObjectNode before, ObjectNode body) {
        String version = Tree.version(body);
        String uid = Tree.uid(body);
        if ((!version.isEmpty() && !version.equals(Tree.version(before)))
                || (!uid.isEmpty() && !uid.equals(Tree.uid(before)))) {
            throw ApiError.conflict(type, Tree.name(before));
        }
    }

    /// What a generation counts: everything but metadata, and but status where that is a sub-resource.
    private static ObjectNode content(ResourceType type, ObjectNode object) {
        ObjectNode content = object.deepCopy().without("metadata");
        return type.is(Trait.STATUS) ? content.without("status") : content;
    }

    private static void keep(ObjectNode object, JsonNode from, String field) {
        if (from.has(field)) {
            object.set(field, from.get(field));
        } else {
            object.remove(field);
        }
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
