package dev.haldane.webhook.demo.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.demo.apiserver.ResourceType.Trait;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What a patch makes of an object, by the content type that it comes with
/// ([patch](https://kubernetes.io/docs/reference/using-api/api-concepts/#patch-and-apply)).
final class Patching {

    static final String APPLY = "application/apply-patch+yaml";

    private final Map<Author, ObjectNode> applied = new ConcurrentHashMap<>();

    /// What was applied last, by whom to which object.
    private record Author(String uid, String manager) {}

    ObjectNode patch(ResourceType type, String media, ObjectNode before, byte[] body, Intent intent) {
        return switch (media) {
            case "application/json-patch+json" -> JsonPatching.apply(before, Tree.parse(body));
            case "application/merge-patch+json" -> Merging.merge(before, Tree.parseObject(body));
            case "application/strategic-merge-patch+json" -> {
                if (!type.is(Trait.BUILT_IN)) {
                    throw ApiError.unsupportedMediaType(media);
                }
                yield Merging.strategic(before, Tree.parseObject(body));
            }
            case APPLY -> applied(type, before, Tree.parseObject(body), intent);
            default -> throw ApiError.unsupportedMediaType(media);
        };
    }

    private ObjectNode applied(ResourceType type, ObjectNode before, ObjectNode wanted, Intent intent) {
        ObjectNode last = applied.getOrDefault(new Author(Tree.uid(before), intent.manager()), Tree.object());
        ObjectNode base = Merging.dropForgotten(before, last, wanted);
        return type.is(Trait.BUILT_IN) ? Merging.strategic(base, wanted) : Merging.merge(base, wanted);
    }

    /// Keeps what a manager has applied, so that we know next time what it no longer applies.
    ObjectNode remember(ObjectNode stored, ObjectNode wanted, Intent intent) {
        if (!intent.dryRun()) {
            applied.put(new Author(Tree.uid(stored), intent.manager()), wanted);
        }
        return stored;
    }
}
