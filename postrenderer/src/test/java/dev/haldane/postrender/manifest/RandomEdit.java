package dev.haldane.postrender.manifest;

import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Changes one place of a tree.
final class RandomEdit {

    /// What sort of change it is.
    enum Sort {
        SET,
        ADD,
        REMOVE,
        RENAME,
        REPLACE,
        LIST
    }

    private static final List<String> TEXTS = List.of(
            "shop", "on", "12:30", "", "a: b", "# x", "é🐤", "line\nline\n", "'", "\"", "1e3", "  pad ", "null");

    private final Random random;
    private final Sort sort;

    RandomEdit(long seed, Sort sort) {
        this.random = new Random(seed);
        this.sort = sort;
    }

    /// The changed tree; the same where this sort of change has no place in it.
    Mapping of(Mapping root) {
        var places = new ArrayList<List<Object>>();
        collect(root, List.of(), places);
        if (places.isEmpty()) {
            return root;
        }
        var place = places.get(random.nextInt(places.size()));
        return (Mapping) changed(root, place);
    }

    private void collect(Node node, List<Object> path, List<List<Object>> places) {
        if (isPlace(node, path)) {
            places.add(path);
        }
        switch (node) {
            case Scalar _ -> {}
            case Sequence(var items) -> {
                for (int i = 0; i < items.size(); i++) {
                    collect(items.get(i), longer(path, i), places);
                }
            }
            case Mapping(var entries, var _) ->
                entries.forEach((key, value) -> collect(value, longer(path, key), places));
        }
    }

    private boolean isPlace(Node node, List<Object> path) {
        return switch (sort) {
            case SET -> node instanceof Scalar s && s.type() != Node.ScalarType.NULL;
            case ADD -> node instanceof Mapping;
            case REMOVE -> node instanceof Mapping m && m.entries().size() > 1;
            case RENAME ->
                node instanceof Mapping m
                        && !m.entries().isEmpty()
                        && m.doubled().isEmpty();
            case REPLACE -> !path.isEmpty();
            case LIST -> node instanceof Sequence;
        };
    }

    private static List<Object> longer(List<Object> path, Object step) {
        var longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private Node changed(Node node, List<Object> path) {
        if (path.isEmpty()) {
            return changedHere(node);
        }
        var rest = path.subList(1, path.size());
        if (path.getFirst() instanceof Integer index && node instanceof Sequence(var items)) {
            var copy = new ArrayList<>(items);
            copy.set(index, changed(items.get(index), rest));
            return new Sequence(copy);
        }
        var key = (String) path.getFirst();
        var map = (Mapping) node;
        return map.with(key, changed(map.get(key).orElseThrow(), rest));
    }

    private Node changedHere(Node node) {
        return switch (sort) {
            case SET -> new Scalar(Node.ScalarType.STRING, text(), ((Scalar) node).style());
            case ADD -> ((Mapping) node).with("haldane.dev/new", value());
            case REMOVE -> {
                var keys = List.copyOf(((Mapping) node).entries().keySet());
                yield ((Mapping) node).without(keys.get(random.nextInt(keys.size())));
            }
            case RENAME -> {
                var keys = List.copyOf(((Mapping) node).entries().keySet());
                yield ((Mapping) node).renamed(keys.get(random.nextInt(keys.size())), "haldane.dev/renamed");
            }
            case REPLACE -> value();
            case LIST -> {
                var items = new ArrayList<>(((Sequence) node).items());
                if (!items.isEmpty() && random.nextBoolean()) {
                    items.remove(random.nextInt(items.size()));
                } else {
                    items.add(random.nextInt(items.size() + 1), value());
                }
                yield new Sequence(items);
            }
        };
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private Node value() {
        return switch (random.nextInt(6)) {
            case 0 -> Scalar.of(7);
            case 1 -> Scalar.of(true);
            case 2 -> Mapping.EMPTY.with("a", text()).with("b", Sequence.of(Scalar.of(text()), Scalar.NULL));
            case 3 -> Sequence.of(Mapping.EMPTY.with("a", text()).with("c", text()), Scalar.of(text()));
            case 4 -> Mapping.EMPTY;
            default -> Scalar.of(text());
        };
    }
}
