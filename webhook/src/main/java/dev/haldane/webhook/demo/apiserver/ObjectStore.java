package dev.haldane.webhook.demo.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All objects, each change with a number of its own, and the last changes for watches to catch up with. Trees in the
/// store are never altered: a change puts another tree in the place of one.
final class ObjectStore {

    private static final int REMEMBERED = 20_000;

    /// What has happened to an object.
    ///
    /// @param number the resource version that it led to
    /// @param before the object as it was; null if it is new
    /// @param after  the object as it is, or was last
    record Change(
            long number,
            Kind kind,
            ResourceType type,
            @Nullable ObjectNode before,
            ObjectNode after) {
        enum Kind {
            ADDED,
            MODIFIED,
            DELETED
        }
    }

    /// @param number the newest resource version, with which a watch goes on from here
    record Listing(List<ObjectNode> items, long number) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Map<ObjectKey, ObjectNode>> objects = new HashMap<>();
    private final Deque<Change> past = new ArrayDeque<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private long number = 1;
    private long forgotten;

    Optional<ObjectNode> get(ResourceType type, ObjectKey key) {
        return locked(() -> Optional.ofNullable(of(type).get(key)));
    }

    /// @param namespace `""` for all
    Listing list(ResourceType type, String namespace) {
        return locked(() -> new Listing(
                of(type).values().stream()
                        .filter(object ->
                                namespace.isEmpty() || Tree.namespace(object).equals(namespace))
                        .toList(),
                number));
    }

    /// @throws ApiError if there is one already
    ObjectNode insert(ResourceType type, ObjectNode object) {
        return locked(() -> {
            ObjectKey key = ObjectKey.of(object);
            if (of(type).containsKey(key)) {
                throw ApiError.alreadyExists(type, key.name());
            }
            return record(Change.Kind.ADDED, type, null, object);
        });
    }

    /// Puts `next` in the place of exactly `before`.
    ///
    /// @throws ApiError if another change has come in between
    ObjectNode replace(ResourceType type, ObjectNode before, ObjectNode next) {
        return locked(() -> {
            expect(type, before);
            return record(Change.Kind.MODIFIED, type, before, next);
        });
    }

    /// @throws ApiError if another change has come in between
    ObjectNode remove(ResourceType type, ObjectNode before) {
        return locked(() -> {
            expect(type, before);
            return record(Change.Kind.DELETED, type, before, before.deepCopy());
        });
    }

    /// Hears of each change after `since`, in order, from now on: first of those that have been, before this returns.
    /// Listeners are called under the lock and must not wait.
    ///
    /// @return ends it
    /// @throws ApiError if changes after `since` have been forgotten
    Runnable follow(long since, Consumer<Change> listener) {
        return locked(() -> {
            if (since < forgotten) {
                throw ApiError.expired(since, forgotten);
            }
            past.stream().filter(change -> change.number() > since).forEach(listener);
            listeners.add(listener);
            return () -> listeners.remove(listener);
        });
    }

    private ObjectNode record(Change.Kind kind, ResourceType type, @Nullable ObjectNode before, ObjectNode after) {
        number++;
        Tree.metadata(after).put("resourceVersion", Long.toString(number));
        if (kind == Change.Kind.DELETED) {
            of(type).remove(ObjectKey.of(after));
        } else {
            of(type).put(ObjectKey.of(after), after);
        }
        var change = new Change(number, kind, type, before, after);
        past.addLast(change);
        if (past.size() > REMEMBERED) {
            forgotten = past.removeFirst().number();
        }
        listeners.forEach(listener -> listener.accept(change));
        return after;
    }

    private void expect(ResourceType type, ObjectNode before) {
        ObjectKey key = ObjectKey.of(before);
        ObjectNode here = of(type).get(key);
        if (here == null) {
            throw ApiError.notFound(type, key.name());
        }
        if (!Tree.version(here).equals(Tree.version(before))) {
            throw ApiError.conflict(type, key.name());
        }
    }

    private Map<ObjectKey, ObjectNode> of(ResourceType type) {
        return objects.computeIfAbsent(type.qualified(), _ -> new TreeMap<>());
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
