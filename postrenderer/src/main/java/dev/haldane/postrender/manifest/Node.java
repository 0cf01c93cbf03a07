package dev.haldane.postrender.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A YAML or JSON value. Immutable, and equal by content: how a scalar was quoted and in what order keys stood is not
/// content. Rules work on trees and not on typed Kubernetes models, so that a field that nobody here has heard of
/// survives.
public sealed interface Node {

    /// What a scalar means to a reader of YAML 1.2's core schema.
    enum ScalarType {
        STRING,
        INTEGER,
        FLOAT,
        BOOLEAN,
        NULL,
        /// Carries a tag of its own.
        OTHER
    }

    /// How a scalar was written.
    enum Style {
        PLAIN,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        LITERAL,
        FOLDED
    }

    /// A leaf.
    ///
    /// @param text as written (unquoted), so that `010` and `1.0` survive
    record Scalar(ScalarType type, String text, Style style) implements Node {
        public static final Scalar NULL = new Scalar(ScalarType.NULL, "null", Style.PLAIN);

        public static Scalar of(String text) {
            return new Scalar(ScalarType.STRING, text, Style.PLAIN);
        }

        public static Scalar of(long number) {
            return new Scalar(ScalarType.INTEGER, Long.toString(number), Style.PLAIN);
        }

        public static Scalar of(boolean truth) {
            return new Scalar(ScalarType.BOOLEAN, Boolean.toString(truth), Style.PLAIN);
        }

        /// What two spellings of the same value have in common: `~` and `null`, `True` and `true`.
        private String content() {
            return switch (type) {
                case NULL -> "";
                case BOOLEAN -> text.toLowerCase(Locale.ROOT);
                case STRING, INTEGER, FLOAT, OTHER -> text;
            };
        }

        @Override
        public boolean equals(Object other) {
            return this == other
                    || (other instanceof Scalar s
                            && s.type == type
                            && s.content().equals(content()));
        }

        @Override
        public int hashCode() {
            return 31 * type.hashCode() + content().hashCode();
        }
    }

    record Sequence(List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        public static Sequence of(Node... items) {
            return new Sequence(List.of(items));
        }

        @Override
        public boolean equals(Object other) {
            return this == other || (other instanceof Sequence(var others) && others.equals(items));
        }

        @Override
        public int hashCode() {
            return items.hashCode();
        }
    }

    /// A map whose keys are strings.
    ///
    /// @param entries in their order; where a key stood twice the last one counts, as it does for Kubernetes
    /// @param doubled keys that stood more than once
    record Mapping(SequencedMap<String, Node> entries, Set<String> doubled) implements Node {
        public static final Mapping EMPTY = new Mapping(new LinkedHashMap<>());

        public Mapping {
            entries = Collections.unmodifiableSequencedMap(
                    entries instanceof OwnedEntries ? entries : new LinkedHashMap<>(entries));
            doubled = Set.copyOf(doubled);
        }

        public Mapping(SequencedMap<String, Node> entries) {
            this(entries, Set.of());
        }

        public Optional<Node> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        /// This map with `value` at `key`: in the key's place, or last.
        public Mapping with(String key, Node value) {
            var copy = new OwnedEntries(entries);
            copy.put(key, value);
            return new Mapping(copy, doubled);
        }

        public Mapping with(String key, String value) {
            return with(key, Scalar.of(value));
        }

        public Mapping without(String key) {
            if (!entries.containsKey(key)) {
                return this;
            }
            var copy = new OwnedEntries(entries);
            copy.remove(key);
            return new Mapping(copy, doubled);
        }

        /// This map with another name for a key, in its place.
        public Mapping renamed(String key, String name) {
            var copy = new OwnedEntries(Map.of());
            entries.forEach((each, value) -> copy.put(each.equals(key) ? name : each, value));
            return new Mapping(copy, doubled);
        }

        @Override
        public boolean equals(Object other) {
            return this == other || (other instanceof Mapping m && m.entries.equals(entries));
        }

        @Override
        public int hashCode() {
            return entries.hashCode();
        }
    }

    /// The value at `path`, if each key on the way leads through a map.
    default Optional<Node> at(List<String> path) {
        return at(path.toArray(String[]::new));
    }

    default Optional<Node> at(String... path) {
        Node here = this;
        for (String key : path) {
            var child = here instanceof Mapping m ? m.entries.get(key) : null;
            if (child == null) {
                return Optional.empty();
            }
            here = child;
        }
        return Optional.of(here);
    }

    /// The text of the scalar at `path`; empty where there is none, or null stands there.
    default Optional<String> text(String... path) {
        return at(path).orElse(Scalar.NULL) instanceof Scalar(var type, var text, var _) && type != ScalarType.NULL
                ? Optional.of(text)
                : Optional.empty();
    }

    /// The items of the list at `path`; none where no list stands.
    default List<Node> items(String... path) {
        return at(path).orElse(Scalar.NULL) instanceof Sequence(var items) ? items : List.of();
    }

    /// The map at `path`; an empty one where no map stands.
    default Mapping map(String... path) {
        return at(path).orElse(Mapping.EMPTY) instanceof Mapping map ? map : Mapping.EMPTY;
    }

    /// This tree with `value` at `path`. Maps that are missing on the way are created.
    default Node with(List<String> path, Node value) {
        if (path.isEmpty()) {
            return value;
        }
        var here = this instanceof Mapping m ? m : Mapping.EMPTY;
        var key = path.getFirst();
        Node child = here.get(key).orElse(Mapping.EMPTY);
        return here.with(key, child.with(path.subList(1, path.size()), value));
    }

    /// This tree without what stands at `path`. Maps on the way stay, even empty.
    default Node without(List<String> path) {
        if (at(path).isEmpty() || path.isEmpty() || !(this instanceof Mapping here)) {
            return this;
        }
        var key = path.getFirst();
        if (path.size() == 1) {
            return here.without(key);
        }
        return here.with(key, here.get(key).orElse(Mapping.EMPTY).without(path.subList(1, path.size())));
    }

    /// This tree with each item of the list at `path` changed; where no list stands, as it is.
    default Node withItems(List<String> path, UnaryOperator<Node> change) {
        return at(path).orElse(Mapping.EMPTY) instanceof Sequence(var items)
                ? with(path, new Sequence(items.stream().map(change).toList()))
                : this;
    }
}
