package dev.haldane.webhook.demo.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts one tree on top of another: merge patch ([RFC 7386](https://www.rfc-editor.org/rfc/rfc7386)), strategic merge
/// patch, and what server-side apply does with fields.
///
/// The last two merge lists of built-in types entry by entry where the entries have an identity, by
/// [#IDENTITIES]; other lists are replaced.
final class Merging {

    /// The field that identifies an entry, by the name of the list
    /// ([patchMergeKey](https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.37/)); the first that the
    /// entry has.
    private static final Map<String, List<String>> IDENTITIES = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("ports", List.of("containerPort", "port")),
            Map.entry("conditions", List.of("type")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("webhooks", List.of("name")));

    private static final String DIRECTIVE = "$patch";

    private Merging() {}

    /// Merge patch: null removes, lists are replaced.
    static ObjectNode merge(ObjectNode base, JsonNode patch) {
        ObjectNode result = base.deepCopy();
        patch.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                result.remove(field.getKey());
            } else if (value instanceof ObjectNode object) {
                ObjectNode under = Tree.child(result, field.getKey()).orElseGet(Tree::object);
                result.set(field.getKey(), merge(under, object));
            } else {
                result.set(field.getKey(), value.deepCopy());
            }
        });
        return result;
    }

    /// Strategic merge patch: as merge patch, but lists with identities are merged, and `$patch: delete` or
    /// `$patch: replace` in an object say otherwise.
    static ObjectNode strategic(ObjectNode base, ObjectNode patch) {
        if (Tree.text(patch, DIRECTIVE).equals("replace")) {
            return patch.<ObjectNode>deepCopy().without(DIRECTIVE);
        }
        ObjectNode result = base.deepCopy();
        patch.properties().forEach(field -> {
            String name = field.getKey();
            if (field.getValue().isNull()
                    || Tree.text(field.getValue(), DIRECTIVE).equals("delete")) {
                result.remove(name);
            } else if (!name.startsWith("$")) {
                result.set(name, over(name, result.path(name), field.getValue()));
            }
        });
        return result;
    }

    private static JsonNode over(String name, JsonNode base, JsonNode patch) {
        if (patch instanceof ObjectNode object) {
            return strategic(base instanceof ObjectNode under ? under : Tree.object(), object);
        }
        Optional<String> identity = patch instanceof ArrayNode entries ? identity(name, entries) : Optional.empty();
        return identity.isPresent() && base instanceof ArrayNode under
                ? entries(identity.get(), under, (ArrayNode) patch)
                : patch.deepCopy();
    }

    private static ArrayNode entries(String identity, ArrayNode base, ArrayNode patch) {
        ArrayNode result = base.deepCopy();
        for (JsonNode entry : patch) {
            int place = indexOf(result, identity, entry.path(identity));
            if (Tree.text(entry, DIRECTIVE).equals("delete")) {
                if (place >= 0) {
                    result.remove(place);
                }
            } else if (place < 0) {
                result.add(entry.deepCopy());
            } else {
                result.set(place, strategic((ObjectNode) result.get(place), (ObjectNode) entry));
            }
        }
        return result;
    }

    /// Takes out of `base` what `last` had and `next` has no more: what a manager has stopped to apply.
    static ObjectNode dropForgotten(ObjectNode base, JsonNode last, JsonNode next) {
        ObjectNode result = base.deepCopy();
        last.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode here = result.path(name);
            if (!next.has(name)) {
                result.remove(name);
            } else if (here instanceof ObjectNode object) {
                result.set(name, dropForgotten(object, field.getValue(), next.path(name)));
            } else if (here instanceof ArrayNode list && field.getValue() instanceof ArrayNode before) {
                identity(name, before).ifPresent(identity -> dropForgotten(identity, list, before, next.path(name)));
            }
        });
        return result;
    }

    private static void dropForgotten(String identity, ArrayNode list, ArrayNode last, JsonNode next) {
        for (JsonNode entry : last) {
            int place = indexOf(list, identity, entry.path(identity));
            int kept = next instanceof ArrayNode entries ? indexOf(entries, identity, entry.path(identity)) : -1;
            if (place >= 0 && kept < 0) {
                list.remove(place);
            } else if (place >= 0 && list.get(place) instanceof ObjectNode object) {
                list.set(place, dropForgotten(object, entry, next.path(kept)));
            }
        }
    }

    private static int indexOf(ArrayNode list, String identity, JsonNode value) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path(identity).equals(value)) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<String> identity(String list, ArrayNode entries) {
        return IDENTITIES.getOrDefault(list, List.of()).stream()
                .filter(key -> !entries.isEmpty() && entries.valueStream().allMatch(entry -> entry.has(key)))
                .findFirst();
    }
}
