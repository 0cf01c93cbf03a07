package dev.haldane.postrender.chart.template;

import dev.haldane.postrender.chart.template.GoTemplate.Block;
import dev.haldane.postrender.chart.template.Piece.Action;
import dev.haldane.postrender.chart.template.SourceLine.Shape;
import java.util.ArrayList;
import java.util.List;

/// One document of a template by its indentation: enough to find `spec.replicas` without rendering. Where a key
/// stands in several branches of an `if`, all of its lines are found.
///
/// @param lines those of this document only
public record Outline(GoTemplate template, List<SourceLine> lines) {

    public Outline {
        lines = List.copyOf(lines);
    }

    /// The documents of a template, without those that hold no key at all.
    public static List<Outline> of(GoTemplate template) {
        var documents = new ArrayList<Outline>();
        var lines = new ArrayList<SourceLine>();
        for (SourceLine line : LineReader.read(template)) {
            if (line.shape() == Shape.SEPARATOR) {
                documents.add(new Outline(template, lines));
                lines = new ArrayList<>();
            } else {
                lines.add(line);
            }
        }
        documents.add(new Outline(template, lines));
        return documents.stream()
                .filter(document -> document.lines.stream().anyMatch(line -> line.shape() == Shape.KEY))
                .toList();
    }

    /// All lines of a key, which is reached through the keys before it.
    public List<SourceLine> find(String... path) {
        List<SourceLine> found = lines.stream()
                .filter(line -> line.shape() == Shape.KEY && line.column() == 0)
                .filter(line -> line.key().equals(path[0]))
                .toList();
        for (int depth = 1; depth < path.length; depth++) {
            String key = path[depth];
            found = found.stream()
                    .flatMap(parent -> children(parent).stream())
                    .filter(line -> line.key().equals(key))
                    .toList();
        }
        return found;
    }

    /// The keys one level below a key.
    public List<SourceLine> children(SourceLine parent) {
        List<SourceLine> keys = body(parent).stream()
                .filter(line -> line.shape() == Shape.KEY && line.column() > parent.column())
                .toList();
        if (keys.isEmpty()) {
            return List.of();
        }
        int column = keys.getFirst().column();
        return keys.stream().filter(line -> line.column() == column).toList();
    }

    /// Everything below a key, with the comments and actions up to the next key of its own level.
    public List<SourceLine> body(SourceLine parent) {
        var body = new ArrayList<SourceLine>();
        for (SourceLine line : lines) {
            if (line.start() <= parent.start()) {
                continue;
            }
            boolean item = line.shape() == Shape.ITEM && !parent.hasValue();
            if (!line.neutral() && line.column() < parent.column() + (item ? 0 : 1)) {
                break;
            }
            body.add(line);
        }
        return body;
    }

    /// The text of a key's value, as it is written.
    public String value(SourceLine line) {
        return template.source().substring(line.valueStart(), line.end()).strip();
    }

    public String text(SourceLine line) {
        return template.source().substring(line.start(), line.end());
    }

    /// The blocks around a line that begin within this document, the outermost first. Those that enclose the whole
    /// document are [#guards].
    public List<Block> blocksWithin(SourceLine line) {
        return template.around(line.start()).stream()
                .filter(block -> !guards().contains(block))
                .toList();
    }

    /// The blocks around the whole document: those around its first key.
    public List<Block> guards() {
        return lines.stream()
                .filter(line -> line.shape() == Shape.KEY)
                .findFirst()
                .map(line -> template.around(line.start()))
                .orElse(List.of());
    }

    /// The actions that begin in a line.
    public List<Action> actions(SourceLine line) {
        return template.actions().stream()
                .filter(action -> line.start() <= action.start() && action.start() < line.end())
                .toList();
    }

    /// The lines of each item of the list below a key: its `- ` and the keys of its own.
    public List<List<SourceLine>> items(SourceLine list) {
        var items = new ArrayList<List<SourceLine>>();
        int column = -1;
        for (SourceLine line : body(list)) {
            if (line.shape() == Shape.ITEM && (column < 0 || line.column() == column)) {
                column = line.column();
                items.add(new ArrayList<>(List.of(line)));
            } else if (line.shape() == Shape.KEY && !items.isEmpty()) {
                items.getLast().add(line);
            }
        }
        return items;
    }
}
