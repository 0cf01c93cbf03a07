package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.template.GoTemplate;
import dev.haldane.postrender.chart.template.SourceLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Lines of a chart's templates that get other words whether the switch is on or not: those of its own Canary, which
/// is not rendered otherwise, and conditions that come to the same. Each remembers what it was.
final class Mended {
    private final SortedMap<String, List<Change>> changes = new TreeMap<>();

    private record Change(int start, int end, String text) {}

    /// @param more lines behind the first one
    void line(Part part, SourceLine line, String text, List<String> more) {
        GoTemplate template = part.template();
        String before = template.source().substring(line.start(), line.end());
        if (before.contains("*/")) {
            throw new UnsupportedShape(line.number(), "the line has a comment of Go in it");
        }
        if (!more.isEmpty() && line.next() == line.end()) {
            throw new UnsupportedShape(line.number(), "the file ends behind this line");
        }
        String lineBreak = LineBreak.of(template.source());
        var changed = new StringBuilder(Mark.was(text, before));
        for (String other : more) {
            changed.append(lineBreak).append(Mark.line(other, ""));
        }
        add(part, new Change(line.start(), line.end(), changed.toString()));
    }

    /// New lines behind one that stays.
    void behind(Part part, SourceLine line, List<String> more) {
        String lineBreak = LineBreak.of(part.template().source());
        if (line.next() == line.end()) {
            throw new UnsupportedShape(line.number(), "the file ends behind this line");
        }
        var added = new StringBuilder();
        more.forEach(other -> added.append(Mark.line(other, lineBreak)));
        add(part, new Change(line.next(), line.next(), added.toString()));
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /// The chart with these lines.
    ChartSource applied(ChartSource source) {
        var files = new TreeMap<>(source.files());
        changes.forEach((file, list) -> {
            var text = new StringBuilder(files.getOrDefault(file, ""));
            list.stream()
                    .sorted(Comparator.comparingInt(Change::start).reversed())
                    .forEach(change -> text.replace(change.start(), change.end(), change.text()));
            files.put(file, text.toString());
        });
        return source.with(files);
    }

    private void add(Part part, Change change) {
        changes.computeIfAbsent(part.file(), _ -> new ArrayList<>()).add(change);
    }
}
