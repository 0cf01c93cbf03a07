package dev.haldane.webhook.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.ScalarType;
import dev.haldane.postrender.manifest.Node.Sequence;
import dev.haldane.postrender.manifest.Node.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;

/// Jackson's trees as the trees that rules work on.
public final class Trees {

    private Trees() {}

    /// Empty if the JSON is no object.
    public static Optional<Manifest> manifest(JsonNode json) {
        return node(json) instanceof Mapping root ? Optional.of(new Manifest(root)) : Optional.empty();
    }

    public static Node node(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> {
                var entries = new LinkedHashMap<String, Node>();
                json.properties().forEach(entry -> entries.put(entry.getKey(), node(entry.getValue())));
                yield new Mapping(entries);
            }
            case ARRAY -> {
                var items = new ArrayList<Node>();
                json.forEach(item -> items.add(node(item)));
                yield new Sequence(items);
            }
            case STRING -> new Scalar(ScalarType.STRING, json.textValue(), Style.DOUBLE_QUOTED);
            case NUMBER ->
                new Scalar(json.isIntegralNumber() ? ScalarType.INTEGER : ScalarType.FLOAT, json.asText(), Style.PLAIN);
            case BOOLEAN -> Scalar.of(json.booleanValue());
            case NULL, MISSING, BINARY, POJO -> Scalar.NULL;
        };
    }
}
