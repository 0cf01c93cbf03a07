package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.template.GoTemplate;
import dev.haldane.postrender.chart.template.GoTemplate.Block;
import dev.haldane.postrender.chart.template.Outline;
import dev.haldane.postrender.chart.template.Piece.Action;
import dev.haldane.postrender.chart.template.Piece.Keyword;
import dev.haldane.postrender.chart.template.SourceLine;
import dev.haldane.postrender.chart.template.SourceLine.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A map of labels as a template writes it: on lines of its own, or by including a helper of the chart.
///
/// @param entries in order; a label in two branches of an `if` stands twice
record Labels(List<Entry> entries) {
    private static final Pattern INCLUDE = Pattern.compile(
            "(?:include|template)\\s+\"([^\"]+)\"\\s+[.$]\\s*(?:\\|\\s*(?:nindent|indent)\\s+\\d+\\s*)?");
    private static final int MAX_DEPTH = 8;

    Labels {
        entries = List.copyOf(entries);
    }

    /// @param line   the line of the document that brings it
    /// @param helper the helper that writes it; `""` if the line itself does
    record Entry(String key, SourceLine line, String helper) {}

    /// What `define` gives a name to, over all templates of a chart.
    static Map<String, Outline> helpers(List<GoTemplate> templates) {
        var helpers = new HashMap<String, Outline>();
        for (GoTemplate template : templates) {
            for (Block block : template.blocks()) {
                Matcher name = Pattern.compile("define\\s+\"([^\"]+)\"")
                        .matcher(block.opener().body());
                if (block.opener().keyword() == Keyword.DEFINE && name.matches()) {
                    var body = template.source()
                            .substring(block.opener().end(), block.end().start());
                    Outline.of(GoTemplate.parse(body)).stream()
                            .findFirst()
                            .ifPresent(outline -> helpers.put(name.group(1), outline));
                }
            }
        }
        return helpers;
    }

    /// The labels below these keys.
    static Labels below(Outline outline, List<SourceLine> parents, Map<String, Outline> helpers) {
        var entries = new ArrayList<Entry>();
        for (SourceLine parent : parents) {
            for (SourceLine child : outline.children(parent)) {
                entries.add(new Entry(child.key(), child, ""));
            }
            for (SourceLine line : outline.body(parent)) {
                included(outline, line)
                        .ifPresent(helper -> expand(helper, line, helpers, 0).forEach(entries::add));
            }
        }
        return new Labels(entries);
    }

    List<Entry> of(String key) {
        return entries.stream().filter(entry -> entry.key().equals(key)).toList();
    }

    private static Optional<String> included(Outline outline, SourceLine line) {
        if (line.shape() != Shape.ACTIONS) {
            return Optional.empty();
        }
        return outline.actions(line).stream()
                .map(Action::body)
                .map(INCLUDE::matcher)
                .filter(Matcher::matches)
                .map(include -> include.group(1))
                .findFirst();
    }

    private static List<Entry> expand(String helper, SourceLine line, Map<String, Outline> helpers, int depth) {
        Outline body = helpers.get(helper);
        if (body == null || depth > MAX_DEPTH) {
            return List.of();
        }
        var entries = new ArrayList<Entry>();
        for (SourceLine inner : body.lines()) {
            if (inner.shape() == Shape.KEY) {
                entries.add(new Entry(inner.key(), line, helper));
            } else {
                included(body, inner)
                        .ifPresent(other -> entries.addAll(expand(other, line, helpers, depth + 1).stream()
                                .map(entry -> new Entry(entry.key, line, helper))
                                .toList()));
            }
        }
        return entries;
    }
}
