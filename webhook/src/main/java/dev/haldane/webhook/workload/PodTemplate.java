package dev.haldane.webhook.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.canary.Revision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/// `spec.template` of a target as the API server stores it: metadata and pod spec.
record PodTemplate(JsonNode tree) {

    private static final int HASH_BYTES = 8;
    private static final String FLAGGER_ID = "flagger-id";
    private static final String FLUX = "toolkit.fluxcd.io";

    /// The same for the same content, whatever the order of keys; the prefix tells it from Flagger's hashes.
    Revision revision() {
        try {
            var canonical = sorted(tree).toString().getBytes(StandardCharsets.UTF_8);
            var digest = MessageDigest.getInstance("SHA-256").digest(canonical);
            return new Revision("t1-" + HexFormat.of().formatHex(digest, 0, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// `null` says nothing: older API servers write `creationTimestamp: null`, newer ones do not.
    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var properties = new TreeMap<String, JsonNode>();
            for (var property : object.properties()) {
                if (!property.getValue().isNull()) {
                    properties.put(property.getKey(), sorted(property.getValue()));
                }
            }
            return JsonNodeFactory.instance.objectNode().setAll(properties);
        }
        if (node instanceof ArrayNode array) {
            var items = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> items.add(sorted(item)));
            return items;
        }
        return node;
    }

    /// What the primary runs for this: the role label is the primary's, and pods still keep away from their own like.
    PodTemplate forPrimary(RoleLabel label) {
        var copy = (ObjectNode) tree.deepCopy();
        var labels = copy.withObject("/metadata").withObject("/labels");
        labels.remove(fluxKeys(labels));
        labels.put(label.key(), label.primary().value());
        if (copy.path("metadata").path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(FLAGGER_ID);
        }
        new SpreadRules(label).follow(copy.path("spec"));
        return new PodTemplate(copy);
    }

    private static List<String> fluxKeys(ObjectNode labels) {
        return labels.properties().stream()
                .map(property -> property.getKey())
                .filter(key -> key.contains(FLUX))
                .toList();
    }

    /// Whether a primary that Flagger has made runs the same: it marks its templates, and gives the primary copies of
    /// ConfigMaps and Secrets that are called `<name>-primary`.
    boolean sameAsFlaggers(PodTemplate primary) {
        var theirs = (ObjectNode) primary.tree.deepCopy();
        if (theirs.path("metadata").path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(FLAGGER_ID);
            if (annotations.isEmpty()) {
                theirs.withObject("/metadata").remove("annotations");
            }
        }
        return same(sorted(tree), sorted(theirs));
    }

    private static boolean same(JsonNode ours, JsonNode theirs) {
        if (ours.isObject() && theirs.isObject() && ours.size() == theirs.size()) {
            return ours.properties().stream()
                    .allMatch(property -> same(property.getValue(), theirs.path(property.getKey())));
        }
        if (ours.isArray() && theirs.isArray() && ours.size() == theirs.size()) {
            for (int i = 0; i < ours.size(); i++) {
                if (!same(ours.get(i), theirs.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return ours.equals(theirs) || (ours.isTextual() && theirs.asText().equals(ours.asText() + "-primary"));
    }
}
