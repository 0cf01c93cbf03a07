package dev.haldane.postrender.manifest;

import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// What turns one tree into another, by [RFC 6902](https://www.rfc-editor.org/rfc/rfc6902): small, and each change of
/// something that is there is guarded by a `test` of what it was, so that a patch never lands on an object that it was
/// not made for.
///
/// @param operations empty where nothing changes
public record JsonPatch(List<Operation> operations) {

    /// One step; its path is a JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)).
    public sealed interface Operation {
        String path();

        record Test(String path, Node value) implements Operation {}

        record Add(String path, Node value) implements Operation {}

        record Replace(String path, Node value) implements Operation {}

        record Remove(String path) implements Operation {}
    }

    public JsonPatch {
        operations = List.copyOf(operations);
    }

    public static JsonPatch between(Manifest before, Manifest after) {
        return between(before.root(), after.root());
    }

    public static JsonPatch between(Node before, Node after) {
        var operations = new ArrayList<Operation>();
        compare("", before, after, operations);
        return new JsonPatch(operations);
    }

    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /// The patch as the JSON array that an admission response carries.
    public Node toNode() {
        return new Sequence(operations.stream().map(JsonPatch::node).toList());
    }

    private static Node node(Operation operation) {
        return switch (operation) {
            case Operation.Test(var path, var value) -> node("test", path).with("value", value);
            case Operation.Add(var path, var value) -> node("add", path).with("value", value);
            case Operation.Replace(var path, var value) -> node("replace", path).with("value", value);
            case Operation.Remove(var path) -> node("remove", path);
        };
    }

    private static Mapping node(String operation, String path) {
        return new Mapping(new LinkedHashMap<>()).with("op", operation).with("path", path);
    }

    private static void compare(String path, Node before, Node after, List<Operation> out) {
        if (before.equals(after)) {
            return;
        }
        if (before instanceof Mapping from && after instanceof Mapping to) {
            maps(path, from, to, out);
        } else if (before instanceof Sequence from && after instanceof Sequence to) {
            lists(path, from.items(), to.items(), out);
        } else {
            out.add(new Operation.Test(path, before));
            out.add(new Operation.Replace(path, after));
        }
    }

    private static void maps(String path, Mapping from, Mapping to, List<Operation> out) {
        from.entries().forEach((key, value) -> {
            var there = to.get(key);
            if (there.isPresent()) {
                compare(path + pointer(key), value, there.get(), out);
            } else {
                remove(path + pointer(key), value, out);
            }
        });
        to.entries().forEach((key, value) -> {
            if (from.get(key).isEmpty()) {
                out.add(new Operation.Add(path + pointer(key), value));
            }
        });
    }

    /// Lists are compared between their common head and tail; indices count as the operations before have left them.
    private static void lists(String path, List<Node> from, List<Node> to, List<Operation> out) {
        int head = 0;
        int common = Math.min(from.size(), to.size());
        while (head < common && from.get(head).equals(to.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < common - head && from.get(from.size() - 1 - tail).equals(to.get(to.size() - 1 - tail))) {
            tail++;
        }
        int paired = common - tail;
        for (int i = head; i < paired; i++) {
            compare(path + "/" + i, from.get(i), to.get(i), out);
        }
        for (int i = from.size() - tail - 1; i >= paired; i--) {
            remove(path + "/" + i, from.get(i), out);
        }
        for (int i = paired; i < to.size() - tail; i++) {
            out.add(new Operation.Add(path + "/" + i, to.get(i)));
        }
    }

    private static void remove(String path, Node value, List<Operation> out) {
        out.add(new Operation.Test(path, value));
        out.add(new Operation.Remove(path));
    }

    private static String pointer(String key) {
        return "/" + key.replace("~", "~0").replace("/", "~1");
    }
}
