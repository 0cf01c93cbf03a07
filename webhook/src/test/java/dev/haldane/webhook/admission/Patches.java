package dev.haldane.webhook.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.postrender.manifest.Json;
import dev.haldane.postrender.manifest.JsonPatch;

/// Applies a JSON Patch ([RFC 6902](https://www.rfc-editor.org/rfc/rfc6902)) as an API server does, in the operations
/// that we write.
final class Patches {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Patches() {}

    static JsonNode apply(JsonPatch patch, JsonNode object) {
        try {
            return apply(JSON.readTree(Json.print(patch.toNode())), object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static JsonNode apply(JsonNode patch, JsonNode object) {
        var result = object.deepCopy();
        for (var operation : patch) {
            step(operation, result);
        }
        return result;
    }

    private static void step(JsonNode operation, JsonNode root) {
        var path = operation.path("path").asText();
        var slash = path.lastIndexOf('/');
        var parent = root.at(path.substring(0, slash));
        var key = path.substring(slash + 1).replace("~1", "/").replace("~0", "~");
        var value = operation.path("value");
        switch (operation.path("op").asText()) {
            case "test" -> {
                if (!root.at(path).equals(value)) {
                    throw new IllegalStateException("test of " + path + ": " + root.at(path) + " is not " + value);
                }
            }
            case "add" -> {
                if (parent instanceof ArrayNode list) {
                    list.insert(key.equals("-") ? list.size() : Integer.parseInt(key), value);
                } else {
                    ((ObjectNode) parent).set(key, value);
                }
            }
            case "replace" -> {
                if (parent instanceof ArrayNode list) {
                    list.set(Integer.parseInt(key), value);
                } else {
                    ((ObjectNode) parent).set(key, value);
                }
            }
            case "remove" -> {
                if (parent instanceof ArrayNode list) {
                    list.remove(Integer.parseInt(key));
                } else {
                    ((ObjectNode) parent).remove(key);
                }
            }
            default -> throw new IllegalArgumentException(operation.toString());
        }
    }
}
