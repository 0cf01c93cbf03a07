package dev.haldane.webhook.demo.apiserver;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// One kind of object that is served.
///
/// @param group    `""` for the core group
/// @param versions served ones; the first is that in which objects are kept
/// @param traits   what else is served of it
record ResourceType(
        String group, List<String> versions, String plural, String kind, boolean namespaced, Set<Trait> traits) {

    enum Trait {
        /// Known to the server, and so with merge keys and defaults; others come by a CustomResourceDefinition.
        BUILT_IN,
        /// Has `/status`.
        STATUS,
        /// Has `/scale`.
        SCALE
    }

    ResourceType {
        versions = List.copyOf(versions);
        traits = Set.copyOf(traits);
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /// `deployments.apps`, `services`
    String qualified() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    String singular() {
        return kind.toLowerCase(Locale.ROOT);
    }

    String apiVersion(String version) {
        return group.isEmpty() ? version : group + "/" + version;
    }

    String storageApiVersion() {
        return apiVersion(versions.getFirst());
    }
}
