package dev.haldane.postrender.manifest;

import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.ScalarType;
import dev.haldane.postrender.manifest.Placed.Field;
import java.util.ArrayList;
import java.util.Optional;

/// Reads the part of YAML that charts are written in: block maps and lists, scalars of one line, plain text of several,
/// `|`, and flow style within a line. Anything else (anchors, tags, rare escapes, odd signs) is [Odd], and the parser
/// decides. What is not odd is read exactly as the parser reads it, marks included.
///
/// A process that lives for a moment runs in the interpreter, where this takes a tenth of the parser's time. It may
/// also look for the kind only and make no tree, because rules look at few kinds.
final class CommonYaml {
    private static final int DEEPEST = 100;
    private static final int MOST_SIGNS = 4 << 20;

    /// Only the parser can tell.
    static final class Odd extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Odd() {
            super("", null, false, false);
        }
    }

    private final String text;
    private final boolean tree;
    private final CommonLines lines;
    private final CommonValues values;
    private String kind = "";
    private int depth;

    private CommonYaml(String text, boolean tree) {
        if (text.length() > MOST_SIGNS) {
            throw new Odd();
        }
        this.text = text;
        this.tree = tree;
        this.lines = new CommonLines(text);
        this.values = new CommonValues(text, lines);
    }

    /// What a text that holds one document says; empty if it says nothing.
    ///
    /// @throws Odd if only the parser can tell
    static Optional<Placed> read(String text) {
        return new CommonYaml(text, true).document();
    }

    /// The kind of the object, `""` for a document without one; empty if only the parser can tell.
    static Optional<String> kind(String text) {
        try {
            var reader = new CommonYaml(text, false);
            reader.document();
            return Optional.of(reader.kind);
        } catch (Odd _) {
            return Optional.empty();
        }
    }

    private Optional<Placed> document() {
        lines.advance();
        if (lines.column < 0) {
            return text.startsWith("---") ? Optional.of(CommonValues.nothing(text.length())) : Optional.empty();
        }
        var root = block();
        if (lines.column >= 0) {
            throw new Odd();
        }
        return Optional.of(root);
    }

    private Placed block() {
        if (++depth > DEEPEST) {
            throw new Odd();
        }
        values.make(tree || depth == 1);
        var block = lines.isDash() ? list(lines.column) : map(lines.column);
        depth--;
        values.make(tree || depth == 1);
        return block;
    }

    private Placed map(int column) {
        int start = lines.at;
        var entries = new ArrayList<Field>();
        do {
            var key = values.key();
            int colon = lines.at;
            var value = value(column, colon);
            if (tree || depth == 1) {
                var name = ((Scalar) key.node()).text();
                entries.add(new Field(name, key, value));
                if (depth == 1 && name.equals("kind")) {
                    kind(value.node());
                }
            }
        } while (lines.column == column && !lines.isDash());
        refuseDeeper(column);
        return values.map(start, lines.at, false, entries);
    }

    /// Where it stands twice, or is no word, others may see another one.
    private void kind(Node value) {
        if (!kind.isEmpty()
                || !(value instanceof Scalar s)
                || s.type() != ScalarType.STRING
                || s.text().isEmpty()) {
            throw new Odd();
        }
        kind = s.text();
    }

    private Placed value(int column, int colon) {
        if (!lines.isRestEmpty(colon)) {
            return values.inline(column);
        }
        lines.advance();
        if (lines.column > column) {
            return inside(column);
        }
        // A list may stand in the column of its key.
        return lines.column == column && lines.isDash() ? block() : CommonValues.nothing(colon + 1);
    }

    private Placed list(int column) {
        int start = lines.at;
        var items = new ArrayList<Placed>();
        do {
            var item = item(column, lines.at);
            if (tree) {
                items.add(item);
            }
        } while (lines.column == column && lines.isDash());
        refuseDeeper(column);
        return values.list(start, lines.at, false, items);
    }

    private Placed item(int column, int dash) {
        if (lines.isRestEmpty(dash)) {
            lines.advance();
            return lines.column > column ? inside(column) : CommonValues.nothing(dash + 1);
        }
        lines.begin();
        return inside(column);
    }

    /// What belongs to a key or dash in that column, and does not stand in its line, or is a block that begins there.
    private Placed inside(int column) {
        return lines.isDash() || values.colon() >= 0 ? block() : values.inline(column);
    }

    private void refuseDeeper(int column) {
        if (lines.column > column) {
            throw new Odd();
        }
    }
}
