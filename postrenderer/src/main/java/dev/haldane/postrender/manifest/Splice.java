package dev.haldane.postrender.manifest;

import dev.haldane.postrender.manifest.Document.Removal;
import dev.haldane.postrender.manifest.Layout.Unspliceable;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.ScalarType;
import dev.haldane.postrender.manifest.Node.Sequence;
import dev.haldane.postrender.manifest.Node.Style;
import dev.haldane.postrender.manifest.Placed.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns the difference of two trees into edits of the text that the first was read from, so that all the rest stays
/// as it is. It refuses rather than guesses: inside of what an alias shares, at keys that stand twice, at `? key`.
///
/// New keys go before the first key that stays in their map and never to its end, because nobody can tell to which map
/// the comments after a last key belong.
final class Splice {
    /// Before each line that [Removal#COMMENT] puts out of use.
    static final String REMARK = "# haldane: ";

    /// @param rank of edits at the same place: what is inserted comes before what replaces
    private record Edit(int from, int to, String text, int rank) implements Comparable<Edit> {
        @Override
        public int compareTo(Edit other) {
            return from != other.from ? Integer.compare(from, other.from) : Integer.compare(rank, other.rank);
        }
    }

    private final String text;
    private final Layout layout;
    private final Removal removal;
    private final String eol;
    private final YamlWriter writer;
    private final List<Edit> edits = new ArrayList<>();

    private Splice(String text, Removal removal) {
        this.text = text;
        this.layout = new Layout(text);
        this.removal = removal;
        this.eol = text.contains("\r\n") ? "\r\n" : "\n";
        this.writer = new YamlWriter(eol);
    }

    /// The text that says `after`; empty if the change cannot be spliced.
    static Optional<String> between(String text, Placed before, Mapping after, Removal removal) {
        var splice = new Splice(text, removal);
        try {
            splice.map(before, after);
            return Optional.of(splice.apply());
        } catch (Unspliceable _) {
            return Optional.empty();
        }
    }

    private String apply() {
        Collections.sort(edits);
        var out = new StringBuilder(text.length() + 256);
        int done = 0;
        for (Edit edit : edits) {
            if (edit.from < done) {
                throw new Unspliceable("two changes at one place");
            }
            out.append(text, done, edit.from).append(edit.text);
            done = edit.to;
        }
        return out.append(text, done, text.length()).toString();
    }

    private void insert(int at, String what) {
        edits.add(new Edit(at, at, what, 0));
    }

    private void replace(int from, int to, String what) {
        edits.add(new Edit(from, to, what, 1));
    }

    private void map(Placed before, Mapping after) {
        if (before.node().equals(after)) {
            return;
        }
        if (before.fixed()
                || !(before.node() instanceof Mapping from)
                || before.entries().isEmpty()) {
            throw new Unspliceable("not a map that can be changed in place");
        }
        var renames = Renames.between(before, after);
        for (int i = 0; i < before.entries().size(); i++) {
            var entry = before.entries().get(i);
            var wanted = after.get(entry.name());
            if (entry.isMerge() || wanted.filter(entry.value().node()::equals).isPresent()) {
                continue;
            }
            if (from.doubled().contains(entry.name())) {
                throw new Unspliceable("the key stands twice");
            }
            var name = renames.getOrDefault(entry.name(), entry.name());
            if (wanted.isPresent()) {
                value(before, entry, wanted.get());
            } else if (after.get(name).isPresent()) {
                rename(before, entry, name, after.get(name).get());
            } else {
                remove(before, i);
            }
        }
        add(before, from, after, renames);
    }

    private void rename(Placed parent, Field entry, String name, Node wanted) {
        if (!(entry.key().node() instanceof Scalar key) || layout.isExplicit(entry)) {
            throw new Unspliceable("the key is written with '?'");
        }
        if (entry.key().fixed() || entry.key().start() < 0) {
            throw new Unspliceable("the key is an alias");
        }
        scalar(entry.key(), key, Scalar.of(name));
        var value = entry.value();
        if (value.node().equals(wanted)) {
            return;
        }
        if (value.fixed()) {
            throw new Unspliceable("an alias shares the value");
        }
        switch (value.node()) {
            case Mapping _ -> map(value, (Mapping) wanted);
            case Sequence _ -> new SpliceList(this, value).become((Sequence) wanted);
            case Scalar old when wanted instanceof Scalar to -> scalar(value, old, to);
            case Scalar _ -> {
                if (layout.isMarked(value) || value.start() == value.end()) {
                    throw new Unspliceable("a tag, an anchor or nothing stands there");
                }
                replace(value.start(), layout.end(value), YamlWriter.flow(wanted, isJson(parent)));
            }
        }
    }

    private void add(Placed before, Mapping from, Mapping after, Map<String, String> renames) {
        var written = new HashSet<>(renames.values());
        for (Field entry : before.entries()) {
            if (!entry.isMerge()) {
                written.add(entry.name());
            }
        }
        for (String key : after.entries().keySet()) {
            if (!written.contains(key) && !from.get(key).equals(after.get(key))) {
                add(before, after, key);
            }
        }
    }

    private void add(Placed before, Mapping after, String key) {
        var neighbour = before.entries().stream()
                .filter(entry -> entry.isMerge() || after.get(entry.name()).isPresent())
                .findFirst()
                .orElseThrow(() -> new Unspliceable("no key stays"));
        int at = neighbour.key().start();
        if (layout.isExplicit(neighbour)) {
            throw new Unspliceable("the key is written with '?'");
        }
        var value = after.entries().getOrDefault(key, Scalar.NULL);
        if (before.flow()) {
            insert(at, YamlWriter.flowEntry(key, value, isJson(before)) + ", ");
        } else {
            int column = layout.column(at);
            insert(at, writer.entry(key, value, column) + eol + " ".repeat(column));
        }
    }

    /// Whether the map is JSON rather than YAML in flow style.
    private static boolean isJson(Placed map) {
        return map.flow()
                && map.entries().getFirst().key().node() instanceof Scalar(var _, var _, var style)
                && style == Style.DOUBLE_QUOTED;
    }

    private void value(Placed parent, Field entry, Node wanted) {
        var value = entry.value();
        if (value.fixed()) {
            throw new Unspliceable("an alias shares the value");
        }
        switch (value.node()) {
            case Mapping _ when wanted instanceof Mapping to && keepsAKey(value, to) -> map(value, to);
            case Sequence _
            when wanted instanceof Sequence to
                    && !value.items().isEmpty()
                    && !to.items().isEmpty() -> new SpliceList(this, value).become(to);
            case Scalar old when wanted instanceof Scalar to && old.type() != ScalarType.NULL -> scalar(value, old, to);
            default -> instead(parent, entry, wanted);
        }
    }

    /// Whether something of a map stays that other keys can stand beside; else it is written as a whole.
    private static boolean keepsAKey(Placed map, Mapping wanted) {
        if (map.entries().isEmpty() || wanted.entries().isEmpty()) {
            return false;
        }
        return map.entries().stream()
                        .anyMatch(entry ->
                                entry.isMerge() || wanted.get(entry.name()).isPresent())
                || Renames.between(map, wanted)
                        .values()
                        .containsAll(wanted.entries().keySet());
    }

    /// A scalar for a scalar, in the style that it had.
    void scalar(Placed place, Scalar old, Scalar wanted) {
        if (layout.isMarked(place) || place.start() == place.end()) {
            throw new Unspliceable("a tag, an anchor or nothing stands there");
        }
        boolean block = old.style() == Style.LITERAL || old.style() == Style.FOLDED;
        var styled = new Scalar(wanted.type(), wanted.text(), block ? Style.PLAIN : old.style());
        replace(place.start(), layout.end(place), YamlWriter.scalar(styled, false));
    }

    /// A value of another kind: the old one goes, and a new entry takes its place.
    private void instead(Placed parent, Field entry, Node wanted) {
        int from = entry.key().start();
        int to = layout.end(entry);
        if (parent.flow()) {
            replace(from, to, YamlWriter.flowEntry(entry.name(), wanted, isJson(parent)));
            return;
        }
        int column = layout.column(from);
        if (removal == Removal.COMMENT && layout.beginsLine(from)) {
            insert(from, writer.entry(entry.name(), wanted, column) + eol + " ".repeat(column));
            comment(from, to, column);
        } else {
            replace(from, to, writer.entry(entry.name(), wanted, column));
        }
    }

    private void remove(Placed parent, int index) {
        var entries = parent.entries();
        var entry = entries.get(index);
        int from = entry.key().start();
        int to = layout.end(entry);
        boolean last = index + 1 == entries.size();
        if (entries.size() == 1) {
            throw new Unspliceable("the map would be empty");
        }
        if (parent.flow()) {
            if (last) {
                replace(layout.end(entries.get(index - 1)), to, "");
            } else {
                replace(from, entries.get(index + 1).key().start(), "");
            }
        } else if (!layout.beginsLine(from)) {
            // `- key: value` keeps its dash, and the next key moves up to it.
            replace(from, entries.get(index + 1).key().start(), "");
        } else if (removal == Removal.COMMENT) {
            comment(from, to, layout.column(from));
        } else {
            replace(layout.lineStart(from), layout.nextLine(to), "");
        }
    }

    private void comment(int from, int to, int column) {
        replace(from, from, REMARK);
        for (int line = layout.nextLine(from); line < to; line = layout.nextLine(line)) {
            // What stands further to the left is a comment already.
            if (line + column < to && layout.isBlank(line, line + column) && layout.lineEnd(line) > line + column) {
                replace(line + column, line + column, REMARK);
            }
        }
    }

    /// An item that is a map, changed.
    void item(Placed before, Mapping after) {
        map(before, after);
    }

    void edit(int from, int to, String what) {
        if (from == to) {
            insert(from, what);
        } else {
            replace(from, to, what);
        }
    }

    Layout layout() {
        return layout;
    }

    YamlWriter writer() {
        return writer;
    }

    String eol() {
        return eol;
    }
}
