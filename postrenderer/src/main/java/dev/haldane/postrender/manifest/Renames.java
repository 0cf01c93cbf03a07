package dev.haldane.postrender.manifest;

import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.ScalarType;
import dev.haldane.postrender.manifest.Node.Sequence;
import dev.haldane.postrender.manifest.Node.Style;
import dev.haldane.postrender.manifest.Placed.Field;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Which keys of a map have only got another name: those that are gone from between two keys that stay, where a new
/// one stands whose value can be made out of theirs. Their line keeps its place and its comments.
final class Renames {
    private static final String START = "";

    private final Placed before;
    private final Mapping after;
    private final Map<String, Deque<Field>> gone = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();

    private Renames(Placed before, Mapping after) {
        this.before = before;
        this.after = after;
    }

    /// Old name → new name.
    static Map<String, String> between(Placed before, Mapping after) {
        if (before.entries().stream().anyMatch(Field::isMerge)) {
            return Map.of();
        }
        var renames = new Renames(before, after);
        renames.collect();
        if (!renames.gone.isEmpty()) {
            renames.pair();
        }
        return renames.names;
    }

    private void collect() {
        var neighbour = START;
        for (Field entry : before.entries()) {
            if (after.get(entry.name()).isPresent()) {
                neighbour = entry.name();
            } else {
                gone.computeIfAbsent(neighbour, _ -> new ArrayDeque<>()).add(entry);
            }
        }
    }

    private void pair() {
        if (gone.isEmpty()) {
            return;
        }
        var neighbour = START;
        var written = before.entries().stream().map(Field::name).collect(Collectors.toSet());
        for (var wanted : after.entries().entrySet()) {
            if (written.contains(wanted.getKey())) {
                neighbour = wanted.getKey();
                continue;
            }
            var candidates = gone.getOrDefault(neighbour, new ArrayDeque<>());
            while (!candidates.isEmpty()) {
                var entry = candidates.remove();
                if (isKept(entry.value(), wanted.getValue())) {
                    names.put(entry.name(), wanted.getKey());
                    break;
                }
            }
        }
    }

    private static boolean isKept(Placed value, Node wanted) {
        if (value.node().equals(wanted)) {
            return true;
        } else if (value.fixed()) {
            return false;
        }
        return switch (value.node()) {
            case Mapping(var entries, var _) ->
                wanted instanceof Mapping m && entries.keySet().stream().anyMatch(m.entries()::containsKey);
            case Sequence(var items) ->
                wanted instanceof Sequence s && !items.isEmpty() && !s.items().isEmpty();
            case Scalar old ->
                old.type() != ScalarType.NULL && old.style() != Style.LITERAL && old.style() != Style.FOLDED;
        };
    }
}
