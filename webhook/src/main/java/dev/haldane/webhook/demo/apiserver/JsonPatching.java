package dev.haldane.webhook.demo.apiserver;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// JSON Patch ([RFC 6902](https://www.rfc-editor.org/rfc/rfc6902)): all operations or none.
final class JsonPatching {

    private JsonPatching() {}

    /// @throws ApiError 422 if an operation cannot be done or a `test` fails
    static ObjectNode apply(ObjectNode object, JsonNode operations) {
        JsonNode result = object.deepCopy();
        for (JsonNode operation : operations) {
            result = step(result, operation);
        }
        if (result instanceof ObjectNode patched) {
            return patched;
        }
        throw ApiError.invalid("the patch leaves no object");
    }

    private static JsonNode step(JsonNode root, JsonNode operation) {
        JsonPointer path = pointer(operation, "path");
        return switch (Tree.text(operation, "op")) {
            case "add" -> add(root, path, value(operation));
            case "remove" -> remove(root, path);
            case "replace" -> add(remove(root, path), path, value(operation));
            case "move" -> {
                JsonPointer from = pointer(operation, "from");
                JsonNode moved = find(root, from);
                yield add(remove(root, from), path, moved);
            }
            case "copy" ->
                add(root, path, find(root, pointer(operation, "from")).deepCopy());
            case "test" -> {
                if (!root.at(path).equals(value(operation))) {
                    throw ApiError.invalid("testing value " + path + " failed: it is " + root.at(path));
                }
                yield root;
            }
            default -> throw ApiError.badRequest("unknown operation in a JSON patch: " + operation);
        };
    }

    private static JsonNode add(JsonNode root, JsonPointer path, JsonNode value) {
        if (path.matches()) {
            return value;
        }
        String last = path.last().getMatchingProperty();
        switch (find(root, path.head())) {
            case ObjectNode parent -> parent.set(last, value);
            case ArrayNode parent when last.equals("-") -> parent.add(value);
            case ArrayNode parent -> parent.insert(index(parent, path, parent.size()), value);
            default -> throw missing(path);
        }
        return root;
    }

    private static JsonNode remove(JsonNode root, JsonPointer path) {
        find(root, path);
        switch (find(root, path.head())) {
            case ObjectNode parent -> parent.remove(path.last().getMatchingProperty());
            case ArrayNode parent -> parent.remove(index(parent, path, parent.size() - 1));
            default -> throw missing(path);
        }
        return root;
    }

    private static int index(ArrayNode parent, JsonPointer path, int greatest) {
        int index = path.last().getMatchingIndex();
        if (index < 0 || index > greatest) {
            throw ApiError.invalid("no place " + path + " in a list of " + parent.size());
        }
        return index;
    }

    private static JsonNode find(JsonNode root, JsonPointer path) {
        JsonNode found = root.at(path);
        if (found.isMissingNode()) {
            throw missing(path);
        }
        return found;
    }

    private static ApiError missing(JsonPointer path) {
        return ApiError.invalid("the patch cannot be applied: nothing at " + path);
    }

    private static JsonNode value(JsonNode operation) {
        if (!operation.has("value")) {
            throw ApiError.badRequest("a patch operation without a value: " + operation);
        }
        return operation.get("value").deepCopy();
    }

    private static JsonPointer pointer(JsonNode operation, String field) {
        try {
            return JsonPointer.compile(Tree.text(operation, field));
        } catch (IllegalArgumentException e) {
            throw ApiError.badRequest("no JSON pointer: " + operation.path(field));
        }
    }
}
