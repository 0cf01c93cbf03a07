package dev.haldane.postrender.chart.template;

import dev.haldane.postrender.chart.template.Piece.Action;
import dev.haldane.postrender.chart.template.Piece.Keyword;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/// A template that was cut into pieces, and whose blocks are known to be closed. The pieces cover the source
/// without a gap.
public record GoTemplate(String source, List<Piece> pieces, List<Block> blocks) {

    /// @param branches its `else` actions, in order
    public record Block(Action opener, List<Action> branches, Action end) {
        public Block {
            branches = List.copyOf(branches);
        }

        boolean encloses(int offset) {
            return opener.end() <= offset && offset <= end.start();
        }
    }

    public GoTemplate {
        pieces = List.copyOf(pieces);
        blocks = List.copyOf(blocks);
    }

    /// @throws TemplateSyntaxException with the line of the action that is to blame
    public static GoTemplate parse(String source) {
        List<Piece> pieces = Scanner.scan(source);
        return new GoTemplate(source, pieces, blocks(source, pieces));
    }

    /// The blocks around a place, the outermost first.
    public List<Block> around(int offset) {
        return blocks.stream().filter(block -> block.encloses(offset)).toList();
    }

    public List<Action> actions() {
        return pieces.stream()
                .filter(Action.class::isInstance)
                .map(Action.class::cast)
                .toList();
    }

    /// The whole line of a place.
    public SourceLine lineAt(int offset) {
        return LineReader.read(this).stream()
                .filter(line -> line.start() <= offset && offset < Math.max(line.next(), line.end() + 1))
                .findFirst()
                .orElseThrow();
    }

    /// The line of a place, counted from 1.
    public int lineOf(int offset) {
        return 1
                + (int) source.substring(0, offset)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private static List<Block> blocks(String source, List<Piece> pieces) {
        var closed = new ArrayList<Block>();
        Deque<Open> open = new ArrayDeque<>();
        for (Piece piece : pieces) {
            if (piece instanceof Action action) {
                if (action.opens()) {
                    open.push(new Open(action, new ArrayList<>()));
                } else if (action.keyword() == Keyword.ELSE) {
                    innermost(source, open, action).branches.add(action);
                } else if (action.keyword() == Keyword.END) {
                    innermost(source, open, action);
                    Open block = open.pop();
                    closed.add(new Block(block.opener, block.branches, action));
                }
            }
        }
        if (!open.isEmpty()) {
            Action opener = open.peek().opener;
            throw new TemplateSyntaxException(line(source, opener), "{{ " + opener.body() + " }} has no {{ end }}");
        }
        closed.sort(Comparator.comparingInt(block -> block.opener().start()));
        return closed;
    }

    private static Open innermost(String source, Deque<Open> open, Action action) {
        Open block = open.peek();
        if (block == null) {
            throw new TemplateSyntaxException(
                    line(source, action),
                    "{{ " + action.body() + " }} belongs to no {{ if }}, {{ with }} or {{ range }}");
        }
        return block;
    }

    private static int line(String source, Action action) {
        return 1
                + (int) source.substring(0, action.start())
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private record Open(Action opener, List<Action> branches) {}
}
