package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.template.GoTemplate;
import dev.haldane.postrender.chart.template.GoTemplate.Block;
import dev.haldane.postrender.chart.template.Piece;
import dev.haldane.postrender.chart.template.Piece.Action;
import dev.haldane.postrender.chart.template.Piece.Keyword;
import dev.haldane.postrender.chart.template.Piece.Text;
import dev.haldane.postrender.chart.template.SourceLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Puts whole lines into a template and changes none that is there. While the switch is off, the result renders
/// to the same bytes: white space that our actions trim is written again, and [OffView] checks it.
final class TemplateEditor {
    private final GoTemplate template;
    private final String lineBreak;
    private final List<Insertion> insertions = new ArrayList<>();
    private boolean wrapped;

    /// @param rank at one place, ends come before blocks that are complete, and those before beginnings
    private record Insertion(int offset, Rank rank, String text) {}

    private enum Rank {
        FIRST,
        ENDS,
        COMPLETE,
        BEGINS,
        LAST
    }

    TemplateEditor(GoTemplate template) {
        this.template = template;
        this.lineBreak = LineBreak.of(template.source());
    }

    GoTemplate template() {
        return template;
    }

    boolean changesSomething() {
        return !insertions.isEmpty();
    }

    /// Does several edits or, where one is not possible, none.
    ///
    /// @throws UnsupportedShape if one is not possible
    void together(Runnable edits) {
        int before = insertions.size();
        try {
            edits.run();
            result();
        } catch (UnsupportedShape e) {
            insertions.subList(before, insertions.size()).clear();
            throw e;
        }
    }

    /// These lines only while the switch is off.
    void onlyOff(SourceLine first, SourceLine last, String on) {
        open(first.start(), Rank.BEGINS, "{{- if not (" + on + ") }}", List.of());
        close(last, "{{- end }}");
    }

    /// Other lines while the switch is on.
    void replacedWhenOn(SourceLine first, SourceLine last, String on, List<String> others) {
        boolean trims = open(first.start(), Rank.BEGINS, "{{- if " + on + " }}", others);
        insert(first.start(), Rank.BEGINS, trims ? Mark.trimmingLine("{{- else }}", lineBreak) : line("{{- else }}"));
        close(last, "{{- end }}");
    }

    /// More lines while the switch is on.
    void addedWhenOn(SourceLine after, String on, List<String> more) {
        if (after.next() == after.end()) {
            throw new UnsupportedShape(after.number(), "the file ends behind this line");
        }
        open(after.next(), Rank.COMPLETE, "{{- if " + on + " }}", more);
        insert(after.next(), Rank.COMPLETE, line("{{- end }}"));
    }

    /// Lines for the case that a block without `else` writes nothing, while the switch is on.
    void otherwiseWhenOn(Block block, String on, List<String> lines) {
        int end = block.end().start();
        int start = template.source().lastIndexOf('\n', end) + 1;
        boolean alone = template.source().substring(start, end).isBlank();
        if (!alone || !block.end().trimsLeft() || !block.branches().isEmpty()) {
            throw new UnsupportedShape(template.lineOf(end), "this block cannot be given an `else`");
        }
        insert(start, Rank.COMPLETE, line("{{- else }}{{- if " + on + " }}"));
        lines.forEach(line -> insert(start, Rank.COMPLETE, line(line)));
        insert(start, Rank.COMPLETE, line("{{- end }}"));
    }

    /// The whole file as a template of that name, and what is rendered in its place.
    void wrapped(String name, String instead) {
        boolean defines = template.blocks().stream()
                .map(block -> block.opener().keyword())
                .anyMatch(keyword -> keyword == Keyword.DEFINE || keyword == Keyword.BLOCK);
        if (defines || wrapped) {
            throw new UnsupportedShape(1, "the file defines templates of its own");
        }
        wrapped = true;
        String source = template.source();
        String define = "{{- define \"" + name + "\" }}";
        boolean plain = source.isEmpty() || Character.isWhitespace(source.charAt(0));
        insert(0, Rank.FIRST, plain ? line(define) : Mark.trimmingLine(define, lineBreak));
        boolean broken = source.endsWith("\n");
        String end = broken ? "{{ end }}" : "{{- end }}";
        insert(
                source.length(),
                Rank.LAST,
                broken ? Mark.trimmingLine(end + instead, lineBreak) : Mark.lastLine(end + instead, lineBreak));
    }

    /// The edited template.
    ///
    /// @throws UnsupportedShape if it would render to other bytes while the switch is off
    String result() {
        var text = new StringBuilder(template.source());
        var ordered = new ArrayList<>(insertions);
        ordered.sort(Comparator.comparingInt(Insertion::offset).thenComparing(Insertion::rank));
        for (Insertion insertion : ordered.reversed()) {
            text.insert(insertion.offset, insertion.text);
        }
        String edited = text.toString();
        List<String> before = OffView.of(template);
        List<String> after = OffView.of(GoTemplate.parse(edited));
        if (!(wrapped ? stripped(after).equals(stripped(before)) : after.equals(before))) {
            int line = ordered.isEmpty() ? 1 : template.lineOf(ordered.getFirst().offset);
            throw new UnsupportedShape(line, "the white space around it could not be kept");
        }
        return edited;
    }

    /// Without the white space around the whole, which Helm drops.
    private static String stripped(List<String> view) {
        return String.join("\u0000", view).strip();
    }

    /// Whether white space behind the line is trimmed, as it was before.
    private boolean open(int offset, Rank rank, String control, List<String> lines) {
        boolean trims = trimmed(offset);
        insert(offset, rank, control(offset, control));
        lines.forEach(line -> insert(offset, rank, line(line)));
        return trims;
    }

    private void close(SourceLine last, String control) {
        if (last.next() == last.end()) {
            insertions.add(new Insertion(last.end(), Rank.ENDS, Mark.lastLine(control, lineBreak)));
        } else {
            insertions.add(new Insertion(last.next(), Rank.ENDS, control(last.next(), control)));
        }
    }

    private String control(int offset, String control) {
        if (trimmed(offset)) {
            return Mark.trimmingLine(control, lineBreak);
        }
        String lost = lost(offset);
        return line(lost.isEmpty() ? control : "{{- " + quoted(lost) + " }}" + control);
    }

    private String line(String content) {
        return Mark.line(content, lineBreak);
    }

    private void insert(int offset, Rank rank, String text) {
        insertions.add(new Insertion(offset, rank, text));
    }

    /// Whether the white space before a place is trimmed by the action before it, or there is nothing before it.
    private boolean trimmed(int offset) {
        int blank = blankBefore(offset);
        return blank == 0 || (before(blank) instanceof Action action && action.end() == blank && action.trimsRight());
    }

    /// The white space before a place, without the line break that our own line brings again.
    private String lost(int offset) {
        String blank = template.source().substring(blankBefore(offset), offset);
        return blank.endsWith("\r\n")
                ? blank.substring(0, blank.length() - 2)
                : blank.substring(0, Math.max(0, blank.length() - 1));
    }

    private int blankBefore(int offset) {
        int from = offset;
        while (from > 0 && Character.isWhitespace(template.source().charAt(from - 1)) && before(from) instanceof Text) {
            from--;
        }
        return from;
    }

    private Piece before(int offset) {
        return template.pieces().stream()
                .filter(piece -> piece.start() < offset && offset <= piece.end())
                .findFirst()
                .orElseThrow();
    }

    private static String quoted(String blank) {
        return '"' + blank.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"';
    }
}
