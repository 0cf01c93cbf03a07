package dev.haldane.charts;

import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.LinkedHashMap;
import java.util.TreeMap;

/// A tree with its keys in order, so that two texts of it can be compared line by line.
final class Sorted {
    private Sorted() {}

    static Node of(Node node) {
        return switch (node) {
            case Scalar scalar -> scalar;
            case Sequence(var items) ->
                new Sequence(items.stream().map(Sorted::of).toList());
            case Mapping(var entries, var _) -> {
                var sorted = new TreeMap<String, Node>();
                entries.forEach((key, value) -> sorted.put(key, of(value)));
                yield new Mapping(new LinkedHashMap<>(sorted));
            }
        };
    }
}
