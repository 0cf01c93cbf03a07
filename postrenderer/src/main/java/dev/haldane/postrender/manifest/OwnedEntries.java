package dev.haldane.postrender.manifest;

import java.util.LinkedHashMap;
import java.util.Map;

/// Entries on their way into a [Node.Mapping], which takes them over without a copy: whoever made them lets go of them.
final class OwnedEntries extends LinkedHashMap<String, Node> {
    private static final long serialVersionUID = 1L;

    OwnedEntries(Map<String, Node> entries) {
        super(entries);
    }
}
