package dev.haldane.postrender.chart.engine;

import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Sprig's functions about lists and maps.
final class Lists {
    private static final int LONGEST = 10_000;

    private Lists() {}

    /// @throws IndexOutOfBoundsException if there are too few arguments
    static Optional<Node> call(String name, List<Node> given) {
        return Optional.ofNullable(
                switch (name) {
                    case "dict" -> dictionary(given);
                    case "list", "tuple" -> new Sequence(given);
                    case "compact" -> compact(given.getFirst());
                    case "set" ->
                        given.get(0) instanceof Mapping m ? m.with(Functions.text(given.get(1)), given.get(2)) : null;
                    case "unset" -> given.get(0) instanceof Mapping m ? m.without(Functions.text(given.get(1))) : null;
                    case "append", "push" -> joined(List.of(given.get(0), Sequence.of(given.get(1))));
                    case "prepend" -> joined(List.of(Sequence.of(given.get(1)), given.get(0)));
                    case "concat" -> joined(given);
                    case "without" -> without(given);
                    case "get" -> item(given.get(0), given.get(1));
                    case "index" -> index(given);
                    case "first" ->
                        part(given.getFirst(), 0, 1).map(List::getFirst).orElse(Scalar.NULL);
                    case "last" ->
                        items(given.getFirst()).isEmpty()
                                ? Scalar.NULL
                                : items(given.getFirst()).getLast();
                    case "rest" ->
                        new Sequence(items(given.getFirst()).stream().skip(1).toList());
                    case "initial" -> {
                        List<Node> all = items(given.getFirst());
                        yield new Sequence(all.subList(0, Math.max(0, all.size() - 1)));
                    }
                    case "reverse" -> new Sequence(items(given.getFirst()).reversed());
                    case "uniq" -> new Sequence(List.copyOf(new LinkedHashSet<>(items(given.getFirst()))));
                    case "sortAlpha" -> sorted(items(given.getFirst()));
                    case "until" -> numbers(0, Functions.number(given.getFirst()), 1);
                    case "untilStep" ->
                        numbers(
                                Functions.number(given.get(0)),
                                Functions.number(given.get(1)),
                                Functions.number(given.get(2)));
                    case "keys" -> keys(given);
                    case "values" ->
                        given.getFirst() instanceof Mapping(var entries, var _)
                                ? new Sequence(List.copyOf(entries.values()))
                                : null;
                    case "pick" -> picked(given, true);
                    case "omit" -> picked(given, false);
                    case "pluck" -> plucked(given);
                    case "dig" -> dug(given);
                    case "merge", "mustMerge" -> merged(given);
                    case "mergeOverwrite", "mustMergeOverwrite" -> merged(given.reversed());
                    case "deepCopy", "mustDeepCopy" -> given.getLast();
                    case "split", "splitList" ->
                        split(Functions.text(given.get(0)), Functions.text(given.get(1)), name);
                    default -> null;
                });
    }

    static List<Node> items(Node list) {
        return list instanceof Sequence(var items) ? items : List.of();
    }

    private static Optional<List<Node>> part(Node list, int from, int to) {
        List<Node> items = items(list);
        return to <= items.size() ? Optional.of(items.subList(from, to)) : Optional.empty();
    }

    private static Node joined(List<Node> lists) {
        var all = new ArrayList<Node>();
        lists.forEach(list -> all.addAll(items(list)));
        return new Sequence(all);
    }

    private static Node sorted(List<Node> items) {
        var sorted = new ArrayList<>(items);
        sorted.sort(Comparator.comparing(Functions::text));
        return new Sequence(sorted);
    }

    private static Node numbers(int from, int to, int step) {
        var numbers = new ArrayList<Node>();
        for (int i = from; step != 0 && (step > 0 ? i < to : i > to) && numbers.size() < LONGEST; i += step) {
            numbers.add(Scalar.of((long) i));
        }
        return new Sequence(numbers);
    }

    private static Node keys(List<Node> maps) {
        var keys = new ArrayList<Node>();
        for (Node map : maps) {
            if (map instanceof Mapping(var entries, var _)) {
                entries.keySet().forEach(key -> keys.add(Scalar.of(key)));
            }
        }
        return new Sequence(keys);
    }

    private static Node picked(List<Node> given, boolean wanted) {
        var names = given.stream().skip(1).map(Functions::text).toList();
        var rest = new LinkedHashMap<String, Node>();
        if (given.getFirst() instanceof Mapping(var entries, var _)) {
            entries.forEach((key, value) -> {
                if (names.contains(key) == wanted) {
                    rest.put(key, value);
                }
            });
        }
        return new Mapping(rest);
    }

    private static Node plucked(List<Node> given) {
        String key = Functions.text(given.getFirst());
        return new Sequence(
                given.stream().skip(1).flatMap(map -> map.at(key).stream()).toList());
    }

    /// `dig "a" "b" default map`
    private static Node dug(List<Node> given) {
        List<String> path =
                given.subList(0, given.size() - 2).stream().map(Functions::text).toList();
        return given.getLast().at(path).orElse(given.get(given.size() - 2));
    }

    private static Node split(String separator, String text, String name) {
        var parts = new ArrayList<Node>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0 && !separator.isEmpty(); at = text.indexOf(separator, from)) {
            parts.add(Scalar.of(text.substring(from, at)));
            from = at + separator.length();
        }
        parts.add(Scalar.of(text.substring(from)));
        if (name.equals("splitList")) {
            return new Sequence(parts);
        }
        Mapping numbered = Mapping.EMPTY;
        for (int i = 0; i < parts.size(); i++) {
            numbered = numbered.with("_" + i, parts.get(i));
        }
        return numbered;
    }

    private static Node compact(Node list) {
        return list instanceof Sequence(var items)
                ? new Sequence(items.stream().filter(Functions::isTrue).toList())
                : list;
    }

    private static Node without(List<Node> given) {
        List<Node> unwanted = given.subList(1, given.size());
        return given.getFirst() instanceof Sequence(var items)
                ? new Sequence(
                        items.stream().filter(item -> !unwanted.contains(item)).toList())
                : given.getFirst();
    }

    private static Node dictionary(List<Node> given) {
        Mapping dictionary = Mapping.EMPTY;
        for (int i = 0; i + 1 < given.size(); i += 2) {
            dictionary = dictionary.with(Functions.text(given.get(i)), given.get(i + 1));
        }
        return dictionary;
    }

    private static Node index(List<Node> given) {
        Node node = given.getFirst();
        for (Node key : given.subList(1, given.size())) {
            node = item(node, key);
        }
        return node;
    }

    private static Node item(Node holder, Node key) {
        return switch (holder) {
            case Mapping mapping -> mapping.get(Functions.text(key)).orElse(Scalar.NULL);
            case Sequence(var items) -> items.get(Functions.number(key));
            case Scalar _ -> Scalar.NULL;
        };
    }

    /// What is there first wins, at every depth.
    private static Node merged(List<Node> given) {
        Mapping merged = Mapping.EMPTY;
        for (Node node : given) {
            if (node instanceof Mapping mapping) {
                merged = merged(merged, mapping);
            }
        }
        return merged;
    }

    private static Mapping merged(Mapping first, Mapping more) {
        Mapping merged = first;
        for (var entry : more.entries().entrySet()) {
            Node there = merged.get(entry.getKey()).orElse(Scalar.NULL);
            if (there instanceof Mapping one && entry.getValue() instanceof Mapping other) {
                merged = merged.with(entry.getKey(), merged(one, other));
            } else if (there.equals(Scalar.NULL)) {
                merged = merged.with(entry.getKey(), entry.getValue());
            }
        }
        return merged;
    }
}
