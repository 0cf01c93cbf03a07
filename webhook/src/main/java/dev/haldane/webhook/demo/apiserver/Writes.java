package dev.haldane.webhook.demo.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.demo.apiserver.Admission.Operation;
import dev.haldane.webhook.demo.apiserver.Admission.Question;
import dev.haldane.webhook.demo.apiserver.ResourceType.Trait;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Create, update, patch, delete: prepared, admitted, stored. An object that changes meanwhile is not overwritten.
final class Writes {

    private static final int ATTEMPTS = 5;

    private final ObjectStore store;
    private final Admission admission;
    private final Patching patching = new Patching();

    Writes(ObjectStore store, Admission admission) {
        this.store = store;
        this.admission = admission;
    }

    ObjectNode create(ApiPath path, ObjectNode body, Intent intent) {
        ResourceType type = path.type();
        expectNamespace(path);
        ObjectNode prepared = Preparation.forCreate(path, body);
        ApiPath named = path.named(Tree.name(prepared));
        ObjectNode admitted = admission.review(new Question(Operation.CREATE, named, null, prepared, intent));
        Defaults.fill(type, null, admitted);
        return intent.dryRun() ? admitted : store.insert(type, admitted);
    }

    ObjectNode update(ApiPath path, ObjectNode body, Intent intent) {
        return change(path, current(path), body, intent);
    }

    /// @param media the content type, which says what kind of patch it is
    ObjectNode patch(ApiPath path, String media, byte[] body, Intent intent) {
        for (int attempt = 1; ; attempt++) {
            ObjectNode before = store.get(path.type(), path.key()).orElse(null);
            try {
                return patch(path, media, body, intent, before);
            } catch (ApiError e) {
                if (e.code() != 409 || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private ObjectNode patch(ApiPath path, String media, byte[] body, Intent intent, @Nullable ObjectNode before) {
        if (before == null) {
            if (!media.equals(Patching.APPLY)) {
                throw ApiError.notFound(path.type(), path.name());
            }
            ObjectNode applied = Tree.parseObject(body);
            return patching.remember(create(path, applied, intent), applied, intent);
        }
        ObjectNode base = path.subresource().equals("scale") ? Scale.of(before) : before;
        ObjectNode patched = patching.patch(path.type(), media, base, body, intent);
        ObjectNode stored = change(path, before, patched, intent);
        return media.equals(Patching.APPLY) ? patching.remember(stored, Tree.parseObject(body), intent) : stored;
    }

    /// @param before what is there
    /// @param body   what is wanted: the object, or its Scale
    private ObjectNode change(ApiPath path, ObjectNode before, ObjectNode body, Intent intent) {
        ResourceType type = path.type();
        ObjectNode next = admitted(path, before, body, intent);
        if (next.equals(before) || intent.dryRun()) {
            return next;
        }
        return Preparation.isDeleted(next) && !Preparation.hasFinalizers(next)
                ? store.remove(type, before)
                : store.replace(type, before, next);
    }

    private ObjectNode admitted(ApiPath path, ObjectNode before, ObjectNode body, Intent intent) {
        return switch (path.subresource()) {
            case "" -> {
                ObjectNode prepared = Preparation.forUpdate(path, before, body);
                yield Preparation.forUpdate(path, before, ask(path, before, prepared, intent));
            }
            case "status" -> {
                ObjectNode prepared = Preparation.forStatus(path, before, body);
                yield Preparation.forStatus(path, before, ask(path, before, prepared, intent));
            }
            case "scale" -> {
                ObjectNode scale = ask(path, Scale.of(before), body, intent);
                yield Preparation.forUpdate(path, before, Scale.applied(before, scale));
            }
            default -> throw ApiError.noSuchPath();
        };
    }

    private ObjectNode ask(ApiPath path, ObjectNode before, ObjectNode object, Intent intent) {
        return admission.review(new Question(Operation.UPDATE, path, before, object, intent));
    }

    /// @param options DeleteOptions; may be empty
    ObjectNode delete(ApiPath path, ObjectNode options, Intent intent) {
        ObjectNode before = current(path);
        ResourceType type = path.type();
        for (String precondition : List.of("uid", "resourceVersion")) {
            String wanted = Tree.text(options, "preconditions", precondition);
            if (!wanted.isEmpty() && !wanted.equals(Tree.text(before, "metadata", precondition))) {
                throw ApiError.conflict(type, path.name());
            }
        }
        admission.review(new Question(Operation.DELETE, path, before, null, intent));
        if (intent.dryRun()) {
            return before;
        }
        if (!Preparation.hasFinalizers(before)) {
            return store.remove(type, before);
        }
        return Preparation.isDeleted(before) ? before : store.replace(type, before, Preparation.marked(before));
    }

    private ObjectNode current(ApiPath path) {
        if (!path.subresource().isEmpty() && !hasSubresource(path)) {
            throw ApiError.noSuchPath();
        }
        return store.get(path.type(), path.key()).orElseThrow(() -> ApiError.notFound(path.type(), path.name()));
    }

    static boolean hasSubresource(ApiPath path) {
        return switch (path.subresource()) {
            case "status" -> path.type().is(Trait.STATUS);
            case "scale" -> path.type().is(Trait.SCALE);
            default -> false;
        };
    }

    private void expectNamespace(ApiPath path) {
        boolean missing = path.type().namespaced()
                && store.get(ResourceTypes.NAMESPACES, new ObjectKey("", path.namespace()))
                        .isEmpty();
        if (missing) {
            throw ApiError.notFound(ResourceTypes.NAMESPACES, path.namespace());
        }
    }
}
