package dev.haldane.webhook.demo.apiserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.demo.apiserver.ObjectStore.Change;
import dev.haldane.webhook.demo.http.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The answer to `?watch=true`: one JSON object a line for each change, and a bookmark now and then
/// ([watch](https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes)).
final class WatchStream implements Answer.Body {

    private static final Duration BOOKMARK_EVERY = Duration.ofSeconds(10);

    /// What a client wants to see.
    ///
    /// @param since     after which version; 0: what is there now comes first, as added
    /// @param bookmarks whether the client understands them
    record Wish(ApiPath path, long since, Predicate<JsonNode> selector, boolean bookmarks, Duration lasting) {}

    /// A change; a null in its place ends the stream.
    private record Item(Optional<Change> change) {}

    private final ObjectStore store;
    private final Wish wish;
    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();

    WatchStream(ObjectStore store, Wish wish) {
        this.store = store;
        this.wish = wish;
    }

    /// Ends the stream, from another thread.
    void end() {
        queue.add(new Item(Optional.empty()));
    }

    @Override
    public void writeTo(OutputStream out) throws IOException, InterruptedException {
        // The client waits for the headers before it does anything else.
        out.flush();
        long seen = wish.since() == 0 ? present(out) : wish.since();
        Runnable leave;
        try {
            leave = store.follow(seen, change -> queue.add(new Item(Optional.of(change))));
        } catch (ApiError e) {
            line(out, "ERROR", e.status());
            return;
        }
        try {
            follow(out, seen);
        } finally {
            leave.run();
        }
    }

    private long present(OutputStream out) throws IOException {
        ObjectStore.Listing now = store.list(wish.path().type(), wish.path().namespace());
        for (ObjectNode object : now.items()) {
            if (wish.selector().test(object)) {
                line(out, "ADDED", object);
            }
        }
        return now.number();
    }

    private void follow(OutputStream out, long since) throws IOException, InterruptedException {
        long end = System.nanoTime() + wish.lasting().toNanos();
        long seen = since;
        while (true) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return;
            }
            Item item = queue.poll(Math.min(left, BOOKMARK_EVERY.toNanos()), TimeUnit.NANOSECONDS);
            if (item == null) {
                bookmark(out, seen);
            } else if (item.change().isEmpty()) {
                return;
            } else {
                seen = item.change().get().number();
                tell(out, item.change().get());
            }
        }
    }

    private void tell(OutputStream out, Change change) throws IOException {
        String namespace = wish.path().namespace();
        boolean elsewhere = !change.type().qualified().equals(wish.path().type().qualified())
                || (!namespace.isEmpty() && !Tree.namespace(change.after()).equals(namespace));
        if (elsewhere) {
            return;
        }
        boolean before = change.before() != null && wish.selector().test(change.before());
        boolean after = change.kind() != Change.Kind.DELETED && wish.selector().test(change.after());
        if (after) {
            line(out, before ? "MODIFIED" : "ADDED", change.after());
        } else if (before) {
            line(out, "DELETED", change.after());
        }
    }

    private void bookmark(OutputStream out, long seen) throws IOException {
        if (wish.bookmarks()) {
            ObjectNode mark = Tree.object();
            mark.put("kind", wish.path().type().kind());
            mark.putObject("metadata").put("resourceVersion", Long.toString(seen));
            line(out, "BOOKMARK", mark);
        }
    }

    private void line(OutputStream out, String type, ObjectNode object) throws IOException {
        ObjectNode shown = type.equals("ERROR") ? object : Reads.inVersion(wish.path(), object);
        ObjectNode line = Tree.object().put("type", type);
        line.set("object", shown);
        out.write((Tree.print(line) + "\n").getBytes(UTF_8));
    }
}
