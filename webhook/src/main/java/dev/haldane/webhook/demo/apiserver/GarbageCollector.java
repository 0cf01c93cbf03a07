package dev.haldane.webhook.demo.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.demo.apiserver.ObjectStore.Change;
import java.util.List;

/// Deletes what has lost its owner, and what was in a namespace that has gone
/// ([garbage collection](https://kubernetes.io/docs/concepts/architecture/garbage-collection/)).
///
/// Always in the background; a deletion that orphans its dependents is not known here. Dependents go without being
/// put before webhooks.
final class GarbageCollector {

    private final ObjectStore store;
    private final ResourceTypes types;

    GarbageCollector(ObjectStore store, ResourceTypes types) {
        this.store = store;
        this.types = types;
    }

    void attach() {
        store.follow(0, change -> {
            if (change.kind() == Change.Kind.DELETED) {
                Thread.startVirtualThread(() -> collect(change));
            }
        });
    }

    private void collect(Change gone) {
        boolean namespace = gone.type().equals(ResourceTypes.NAMESPACES);
        for (ResourceType type : types.all()) {
            for (ObjectNode object :
                    store.list(type, namespace ? Tree.name(gone.after()) : "").items()) {
                if ((namespace && type.namespaced()) || hasLostItsOwners(object, gone.after())) {
                    delete(type, object);
                }
            }
        }
    }

    private static boolean hasLostItsOwners(ObjectNode object, ObjectNode gone) {
        List<String> owners = Tree.at(object, "metadata", "ownerReferences")
                .valueStream()
                .map(owner -> Tree.text(owner, "uid"))
                .toList();
        return owners.equals(List.of(Tree.uid(gone)));
    }

    private void delete(ResourceType type, ObjectNode object) {
        try {
            if (!Preparation.hasFinalizers(object)) {
                store.remove(type, object);
            } else if (!Preparation.isDeleted(object)) {
                store.replace(type, object, Preparation.marked(object));
            }
        } catch (ApiError e) {
            if (e.code() == 409) {
                store.get(type, ObjectKey.of(object)).ifPresent(now -> delete(type, now));
            }
        }
    }
}
