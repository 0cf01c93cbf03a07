package dev.haldane.webhook.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// `metadata.managedFields`: who has written which field, and so whose server-side apply meets a conflict.
final class ManagedFields {

    private ManagedFields() {}

    /// The patch that takes a manager's entries out of the object as it was read; empty if there are none.
    static Optional<ObjectNode> without(KubeObject object, String manager) {
        var patch = JsonNodeFactory.instance.objectNode();
        var metadata = patch.putObject("metadata").put("resourceVersion", object.resourceVersion());
        var kept = metadata.putArray("managedFields");
        boolean found = false;
        for (var entry : object.at("metadata", "managedFields")) {
            if (entry.path("manager").asText().equals(manager)) {
                found = true;
            } else {
                kept.add(entry);
            }
        }
        if (kept.isEmpty()) {
            // An empty list would mean "leave them"; a list of one empty entry clears them.
            kept.addObject();
        }
        return found ? Optional.of(patch) : Optional.empty();
    }
}
