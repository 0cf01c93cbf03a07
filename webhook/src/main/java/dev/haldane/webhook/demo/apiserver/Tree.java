package dev.haldane.webhook.demo.apiserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/// JSON trees: the form in which the server knows every object.
final class Tree {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private Tree() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// @throws ApiError if the text is not JSON
    static JsonNode parse(byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node.isMissingNode()) {
                throw ApiError.badRequest("the request has no body");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw ApiError.badRequest("the body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw ApiError.badRequest("the body cannot be read: " + e.getMessage());
        }
    }

    static ObjectNode parseObject(byte[] json) {
        return parse(json) instanceof ObjectNode object ? object : reject();
    }

    private static ObjectNode reject() {
        throw ApiError.badRequest("the body is not a JSON object");
    }

    static String print(JsonNode node) {
        return node.toString();
    }

    /// The text at a path of field names, `""` if there is none.
    static String text(JsonNode node, String... path) {
        return at(node, path).asText("");
    }

    /// The node at a path of field names; missing if there is none.
    static JsonNode at(JsonNode node, String... path) {
        JsonNode here = node;
        for (String field : path) {
            here = here.path(field);
        }
        return here;
    }

    static Optional<ObjectNode> child(JsonNode node, String field) {
        return node.path(field) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    }

    /// The object under a field, made if it is not there.
    static ObjectNode ensure(ObjectNode node, String field) {
        return child(node, field).orElseGet(() -> node.putObject(field));
    }

    static ObjectNode metadata(ObjectNode object) {
        return ensure(object, "metadata");
    }

    static String name(JsonNode object) {
        return text(object, "metadata", "name");
    }

    static String namespace(JsonNode object) {
        return text(object, "metadata", "namespace");
    }

    static String uid(JsonNode object) {
        return text(object, "metadata", "uid");
    }

    static String version(JsonNode object) {
        return text(object, "metadata", "resourceVersion");
    }
}
