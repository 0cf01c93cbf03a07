package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.template.Outline;
import dev.haldane.postrender.chart.template.SourceLine;
import dev.haldane.postrender.chart.template.SourceLine.Shape;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The backends of an Ingress in the words of `networking.k8s.io/v1`: `service: {name, port}` and a `pathType`.
///
/// @param enabled asks whether the switch is on
record IngressText(Part part, String enabled) {

    /// Whether its API is a value, but its words are those of the betas in any case.
    static boolean isOld(Part part) {
        return part.kind().equals("Ingress")
                && part.find("apiVersion").size() == 1
                && part.outline().lines().stream().anyMatch(line -> line.key().equals("serviceName"))
                && part.outline().lines().stream()
                        .filter(line ->
                                line.key().equals("serviceName") || line.key().equals("apiVersion"))
                        .allMatch(line -> part.outline().blocksWithin(line).stream()
                                .noneMatch(block -> block.opener().body().contains(".Capabilities")));
    }

    void edit(Optional<Manifest> rendered, TemplateEditor editor) {
        Outline outline = part.outline();
        for (SourceLine line : outline.lines()) {
            if (line.key().equals("backend")) {
                backend(line, rendered, editor);
            } else if (line.key().equals("serviceName") && line.shape() == Shape.ITEM) {
                throw new UnsupportedShape(line.number(), "a backend is written in an unusual way");
            }
        }
    }

    private void backend(SourceLine backend, Optional<Manifest> rendered, TemplateEditor editor) {
        Outline outline = part.outline();
        int column = keyColumn(backend);
        var body = below(backend, column);
        List<SourceLine> name = keyed(body, "serviceName");
        List<SourceLine> port = keyed(body, "servicePort");
        if (backend.hasValue() || name.size() != 1 || port.size() != 1) {
            throw new UnsupportedShape(backend.number(), "the backend is not two lines, serviceName and servicePort");
        }
        SourceLine first = name.getFirst().start() < port.getFirst().start() ? name.getFirst() : port.getFirst();
        SourceLine last = first.equals(name.getFirst()) ? port.getFirst() : name.getFirst();
        String indent = " ".repeat(first.column());
        boolean top = column == 2 && part.find("spec", "backend").contains(backend);
        var lines = new ArrayList<String>();
        if (top) {
            editor.replacedWhenOn(backend, backend, enabled, List.of(" ".repeat(column) + "defaultBackend:"));
        }
        lines.add(indent + "service:");
        lines.add(indent + "  name: " + outline.value(name.getFirst()));
        lines.add(indent + "  port:");
        lines.add(indent + "    " + (isNumber(port.getFirst(), rendered) ? "number: " : "name: ")
                + outline.value(port.getFirst()));
        editor.replacedWhenOn(first, first, enabled, lines);
        boolean typed = top || hasPathType(backend, column);
        if (typed) {
            editor.onlyOff(last, last, enabled);
        } else {
            editor.replacedWhenOn(
                    last, last, enabled, List.of(" ".repeat(column) + "pathType: ImplementationSpecific"));
        }
    }

    private int keyColumn(SourceLine line) {
        String text = part.outline().text(line);
        return line.shape() == Shape.KEY ? line.column() : text.indexOf("backend");
    }

    private List<SourceLine> below(SourceLine parent, int column) {
        return part.outline().lines().stream()
                .dropWhile(line -> line.start() <= parent.start())
                .takeWhile(line -> (line.shape() != Shape.KEY && line.shape() != Shape.ITEM) || line.column() > column)
                .toList();
    }

    private static List<SourceLine> keyed(List<SourceLine> lines, String key) {
        return lines.stream().filter(line -> line.key().equals(key)).toList();
    }

    /// Whether one of the keys beside a backend says how its path matches.
    private boolean hasPathType(SourceLine backend, int column) {
        return part.outline().lines().stream()
                .filter(line -> line.key().equals("pathType"))
                .anyMatch(line -> Math.abs(line.number() - backend.number()) < 8 && line.column() <= column);
    }

    private boolean isNumber(SourceLine port, Optional<Manifest> rendered) {
        String written = part.outline().value(port);
        if (!written.contains("{{")) {
            return isDigits(written);
        }
        return rendered.stream()
                .flatMap(ingress -> ingress.root().items("spec", "rules").stream())
                .flatMap(rule -> rule.items("http", "paths").stream())
                .map(path -> path.at("backend", "servicePort"))
                .flatMap(Optional::stream)
                .map(IngressText::text)
                .findFirst()
                .map(IngressText::isDigits)
                .orElse(written.contains("Port"));
    }

    private static String text(Node node) {
        return node instanceof Node.Scalar scalar ? scalar.text() : "";
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
