package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.template.GoTemplate.Block;
import dev.haldane.postrender.chart.template.Piece.Action;
import dev.haldane.postrender.chart.template.Piece.Keyword;
import java.util.ArrayList;
import java.util.List;

/// The conditions under which a document of a chart is rendered at all, to be asked again in a template of ours: an
/// application that is deployed by Knative has no Deployment, and so no Canary.
///
/// @param openers bodies of the actions that lead to the document, one list for each block: `if a`, `else if b`,
///                `else`
record Guards(List<List<String>> openers) {
    static final Guards NONE = new Guards(List.of());

    Guards {
        openers = List.copyOf(openers);
    }

    static Guards of(Part part) {
        int inside = part.outline().lines().getFirst().start();
        var openers = new ArrayList<List<String>>();
        for (Block block : part.outline().guards()) {
            int line = part.template().lineOf(block.opener().start());
            if (block.opener().keyword() != Keyword.IF) {
                throw new UnsupportedShape(
                        line, "the document is inside of {{ " + block.opener().body() + " }}");
            }
            var path = new ArrayList<String>();
            path.add(Borrowed.withoutVariables(block.opener(), line));
            for (Action branch : block.branches()) {
                if (branch.end() <= key(part, inside)) {
                    path.add(Borrowed.withoutVariables(branch, line));
                }
            }
            openers.add(List.copyOf(path));
        }
        return new Guards(openers);
    }

    /// Both.
    Guards and(Guards other) {
        var all = new ArrayList<>(openers);
        other.openers.stream().filter(path -> !all.contains(path)).forEach(all::add);
        return new Guards(all);
    }

    boolean isEmpty() {
        return openers.isEmpty();
    }

    /// Actions before what is guarded, white space trimmed.
    List<String> opening() {
        return openers.stream()
                .flatMap(List::stream)
                .map(body -> "{{- " + body + " -}}")
                .toList();
    }

    /// Actions behind it.
    List<String> closing() {
        return openers.stream().map(_ -> "{{- end -}}").toList();
    }

    private static int key(Part part, int otherwise) {
        return part.find("kind").stream().findFirst().map(line -> line.start()).orElse(otherwise);
    }
}
