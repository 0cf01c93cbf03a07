package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.template.GoTemplate.Block;
import dev.haldane.postrender.chart.template.Outline;
import dev.haldane.postrender.chart.template.Piece.Keyword;
import dev.haldane.postrender.chart.template.SourceLine;
import dev.haldane.postrender.chart.template.SourceLine.Shape;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.upgrade.ModernObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The selector that `apps/v1` wants and the betas did not: written with the words of the pods' own labels, with
/// the conditions around them.
final class ModernSelector {
    private final Outline outline;
    private final Set<String> keys;

    private ModernSelector(Outline outline, Set<String> keys) {
        this.outline = outline;
        this.keys = keys;
    }

    /// Its lines; empty where there is one.
    static Optional<List<String>> of(Part part, Optional<Manifest> rendered) {
        Outline outline = part.outline();
        if (!part.find("spec", "selector", "matchLabels").isEmpty()
                || !part.find("spec", "selector", "matchExpressions").isEmpty()) {
            return Optional.empty();
        }
        List<SourceLine> spec = part.find("spec");
        List<SourceLine> labels = part.find("spec", "template", "metadata", "labels");
        List<SourceLine> selector = part.find("spec", "selector");
        if (spec.size() != 1 || labels.size() != 1 || !selector.isEmpty()) {
            int line = selector.isEmpty() ? 1 : selector.getFirst().number();
            throw new UnsupportedShape(line, "the selector that apps/v1 wants cannot be made from its labels");
        }
        var keys = new TreeSet<>(rendered.map(ModernObject::selector)
                .orElseGet(() -> ModernObject.selector(outline.children(labels.getFirst()).stream()
                        .map(SourceLine::key)
                        .toList())));
        String indent = ModernText.indentBelow(outline, spec.getFirst());
        var lines = new ArrayList<String>();
        lines.add(indent + "selector:");
        lines.add(indent + "  matchLabels:");
        List<String> body = new ModernSelector(outline, keys).lines(labels.getFirst(), indent + "    ");
        if (body.isEmpty()) {
            throw new UnsupportedShape(labels.getFirst().number(), "the labels of its pods are not written here");
        }
        lines.addAll(body);
        return Optional.of(lines);
    }

    private List<String> lines(SourceLine labels, String indent) {
        var kept = new LinkedHashSet<SourceLine>();
        var lines = new ArrayList<String>();
        List<SourceLine> body = outline.body(labels);
        for (SourceLine line : body) {
            boolean key = line.shape() == Shape.KEY && keys.contains(line.key());
            if (key || !helper(line).isEmpty()) {
                kept.add(line);
            }
        }
        for (SourceLine line : body) {
            if (line.shape() == Shape.KEY && kept.contains(line)) {
                lines.add(indent + outline.text(line).strip());
            } else if (kept.contains(line)) {
                lines.add(picked(helper(line), indent.length()));
            } else if (line.shape() == Shape.ACTIONS && steers(line, kept)) {
                lines.add(outline.text(line).strip());
            }
        }
        return lines;
    }

    /// Whether a line only opens, parts or closes a block that is around one of these.
    private boolean steers(SourceLine line, Set<SourceLine> kept) {
        return outline.actions(line).stream().allMatch(action -> action.keyword() != Keyword.OTHER)
                && kept.stream()
                        .anyMatch(inner -> outline.blocksWithin(inner).stream().anyMatch(block -> isOf(line, block)));
    }

    private static boolean isOf(SourceLine line, Block block) {
        return isIn(line, block.opener().start())
                || isIn(line, block.end().start())
                || block.branches().stream().anyMatch(branch -> isIn(line, branch.start()));
    }

    private static boolean isIn(SourceLine line, int offset) {
        return line.start() <= offset && offset < line.end();
    }

    /// The call of a helper that writes labels; `""` if the line is none.
    private String helper(SourceLine line) {
        var actions = outline.actions(line);
        boolean alone = line.shape() == Shape.ACTIONS && actions.size() == 1;
        if (!alone) {
            return "";
        }
        String body = actions.getFirst().body();
        boolean call = body.startsWith("include ") || body.startsWith("template ");
        int pipe = body.indexOf('|');
        String bare = pipe < 0 ? body : body.substring(0, pipe);
        return call ? bare.replaceFirst("^template ", "include ").strip() : "";
    }

    private String picked(String call, int indent) {
        String words =
                String.join(" ", keys.stream().map(key -> '"' + key + '"').toList());
        return "{{ toYaml (pick (fromYaml (" + call + ")) " + words + ") | indent " + indent + " }}";
    }
}
