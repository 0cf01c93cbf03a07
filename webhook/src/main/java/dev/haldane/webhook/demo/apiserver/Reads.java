package dev.haldane.webhook.demo.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.demo.http.Answer;
import dev.haldane.webhook.demo.http.Call;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Get, list and watch.
final class Reads implements AutoCloseable {

    private static final Duration LONGEST_WATCH = Duration.ofMinutes(30);

    private final ObjectStore store;
    private final Set<WatchStream> watches = ConcurrentHashMap.newKeySet();

    Reads(ObjectStore store) {
        this.store = store;
    }

    ObjectNode get(ApiPath path) {
        if (!path.subresource().isEmpty() && !Writes.hasSubresource(path)) {
            throw ApiError.noSuchPath();
        }
        ObjectNode object =
                store.get(path.type(), path.key()).orElseThrow(() -> ApiError.notFound(path.type(), path.name()));
        return path.subresource().equals("scale") ? Scale.of(object) : inVersion(path, object);
    }

    Answer collection(ApiPath path, Call call) {
        return call.flag("watch") ? watch(path, call) : Answer.json(200, Tree.print(list(path, call)));
    }

    private ObjectNode list(ApiPath path, Call call) {
        ObjectStore.Listing found = store.list(path.type(), path.namespace());
        ObjectNode answer = Tree.object();
        answer.put("kind", path.type().kind() + "List");
        answer.put("apiVersion", path.type().apiVersion(path.version()));
        answer.putObject("metadata").put("resourceVersion", Long.toString(found.number()));
        ArrayNode items = answer.putArray("items");
        Predicate<JsonNode> selector = selector(call);
        found.items().stream()
                .filter(selector)
                .map(object -> inVersion(path, object))
                .forEach(items::add);
        return answer;
    }

    private Answer watch(ApiPath path, Call call) {
        if (call.header("Upgrade").filter("websocket"::equalsIgnoreCase).isPresent()) {
            // The Kubernetes client tries a WebSocket first, and takes this for "not here, but over HTTP".
            return Answer.text(200, "");
        }
        if (call.flag("sendInitialEvents")) {
            // What a server without the feature WatchList says; clients then list and watch.
            throw ApiError.invalid("sendInitialEvents: Forbidden: sendInitialEvents is forbidden for watch unless the"
                    + " WatchList feature gate is enabled");
        }
        Duration lasting = call.param("timeoutSeconds")
                .map(seconds -> Duration.ofSeconds(number(seconds)))
                .orElse(LONGEST_WATCH);
        long since = call.param("resourceVersion").map(Reads::number).orElse(0L);
        var wish = new WatchStream.Wish(path, since, selector(call), call.flag("allowWatchBookmarks"), lasting);
        var stream = new WatchStream(store, wish);
        watches.add(stream);
        return new Answer.Streamed(200, Map.of("Content-Type", "application/json"), out -> {
            try {
                stream.writeTo(out);
            } finally {
                watches.remove(stream);
            }
        });
    }

    static Predicate<JsonNode> selector(Call call) {
        return call.param("labelSelector")
                .map(Selector::labels)
                .orElse(_ -> true)
                .and(call.param("fieldSelector").map(Selector::fields).orElse(_ -> true));
    }

    private static long number(String text) {
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ApiError.badRequest("not a number: " + text);
        }
    }

    /// The object as a client sees it that speaks this version: all versions of a type share one schema.
    static ObjectNode inVersion(ApiPath path, ObjectNode object) {
        String wanted = path.type().apiVersion(path.version());
        return Tree.text(object, "apiVersion").equals(wanted)
                ? object
                : object.deepCopy().put("apiVersion", wanted);
    }

    /// Ends all watches.
    @Override
    public void close() {
        watches.forEach(WatchStream::end);
    }
}
