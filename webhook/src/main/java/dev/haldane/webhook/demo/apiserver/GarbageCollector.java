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
            switch (change.kind()) {
                case ADDED -> Thread.startVirtualThread(() -> collectIfOrphan(change));
                case MODIFIED -> {}
                case DELETED -> Thread.startVirtualThread(() -> collectDependents(change));
            }
        });
    }

    /// Made a moment after its owner went, by a controller that had not heard of that yet.
    private void collectIfOrphan(Change made) {
        if (hasLostItsOwners(made.after())) {
            delete(made.type(), made.after());
        }
    }

    private void collectDependents(Change gone) {
        boolean namespace = gone.type().equals(ResourceTypes.NAMESPACES);
        String uid = Tree.uid(gone.after());
        for (ResourceType type : types.all()) {
            for (ObjectNode object :
                    store.list(type, namespace ? Tree.name(gone.after()) : "").items()) {
                boolean dependent = owners(object).contains(uid) && hasLostItsOwners(object);
                if ((namespace && type.namespaced()) || dependent) {
                    delete(type, object);
                }
            }
        }
    }

    private static List<String> owners(ObjectNode object) {
        return Tree.at(object, "metadata", "ownerReferences")
                .valueStream()
                .map(owner -> Tree.text(owner, "uid"))
                .toList();
    }

    private boolean hasLostItsOwners(ObjectNode object) {
        List<String> owners = owners(object);
        return !owners.isEmpty()
                && types.all().stream()
                        .flatMap(type -> store.list(type, "").items().stream())
                        .noneMatch(other -> owners.contains(Tree.uid(other)));
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
