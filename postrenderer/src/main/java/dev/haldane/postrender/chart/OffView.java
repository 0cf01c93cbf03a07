package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.template.GoTemplate;
import dev.haldane.postrender.chart.template.Piece;
import dev.haldane.postrender.chart.template.Piece.Action;
import dev.haldane.postrender.chart.template.Piece.Keyword;
import dev.haldane.postrender.chart.template.Piece.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What a template writes while our switch is off: text and actions in order, white space trimmed, our own actions
/// evaluated. Two templates with the same view render to the same bytes, whatever the values are.
final class OffView {
    private final GoTemplate template;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final List<String> view = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    /// @param ours   whether the block is one of ours
    /// @param writes whether the branch we are in is taken, as far as we can tell
    private record Frame(boolean ours, boolean writes) {}

    private OffView(GoTemplate template) {
        this.template = template;
    }

    static List<String> of(GoTemplate template) {
        var off = new OffView(template);
        template.pieces().forEach(off::add);
        off.flush();
        return List.copyOf(off.view);
    }

    private void add(Piece piece) {
        switch (piece) {
            case Text(int _, int _, String output) -> {
                if (writes()) {
                    text.append(output);
                }
            }
            case Action action when isOurs(action) -> addOurs(action);
            case Action action -> addForeign(action);
        }
    }

    private void addOurs(Action action) {
        switch (action.keyword()) {
            case IF -> frames.push(new Frame(true, writes() && action.body().startsWith("if not ")));
            case ELSE -> {
                // An `else` of ours in a block of the chart leads to nothing that writes.
                if (!frames.isEmpty() && frames.peek().ours) {
                    Frame frame = frames.pop();
                    frames.push(new Frame(true, writes() && !frame.writes));
                }
            }
            case END -> frames.pop();
            case OTHER -> {
                if (writes() && action.body().startsWith("\"")) {
                    text.append(unquoted(action.body()));
                }
            }
            case DEFINE -> frames.push(new Frame(true, writes()));
            case WITH, RANGE, BLOCK, COMMENT -> {}
        }
    }

    private void addForeign(Action action) {
        if (action.keyword() == Keyword.COMMENT) {
            return;
        }
        if (writes()) {
            flush();
            view.add("{{" + action.body() + "}}");
        }
        if (action.opens()) {
            frames.push(new Frame(false, writes()));
        } else if (action.keyword() == Keyword.END) {
            frames.pop();
        }
    }

    private boolean writes() {
        return frames.isEmpty() || frames.peek().writes;
    }

    private void flush() {
        if (!text.isEmpty()) {
            view.add(text.toString());
            text.setLength(0);
        }
    }

    private boolean isOurs(Action action) {
        String source = template.source();
        int start = source.lastIndexOf('\n', Math.max(0, action.start() - 1)) + 1;
        int end = source.indexOf('\n', action.end() - 1);
        return Mark.isIn(source.substring(Math.min(start, action.start()), end < 0 ? source.length() : end));
    }

    private static String unquoted(String literal) {
        return literal.substring(1, literal.length() - 1)
                .replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\t", "\t");
    }
}
