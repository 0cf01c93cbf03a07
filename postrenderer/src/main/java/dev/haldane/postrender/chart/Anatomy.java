package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.MissingValues.Missing;
import dev.haldane.postrender.chart.template.GoTemplate;
import dev.haldane.postrender.chart.template.Outline;
import dev.haldane.postrender.chart.template.TemplateSyntaxException;
import dev.haldane.postrender.manifest.Node.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a chart is made of: its templates cut into documents, its helpers and its values.
///
/// @param templates by path within the chart
/// @param helpers   what `define` gives a name to
record Anatomy(
        ChartSource source,
        SortedMap<String, GoTemplate> templates,
        List<Part> parts,
        Map<String, Outline> helpers,
        Mapping values) {

    /// A chart that Helm would not render: where, and why.
    static final class BrokenChart extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        BrokenChart(String file, int line, String problem) {
            super(file + ":" + line + ": " + problem);
        }

        String problem() {
            return String.valueOf(getMessage());
        }
    }

    /// @throws BrokenChart if Helm could not render it with its own values
    static Anatomy of(ChartSource source) {
        Mapping values =
                source.file(ChartSource.VALUES).map(ValuesBlock::mapping).orElse(Mapping.EMPTY);
        var templates = new TreeMap<String, GoTemplate>();
        var parts = new ArrayList<Part>();
        source.templates().forEach((path, text) -> {
            GoTemplate template = parsed(path, text);
            templates.put(path, template);
            if (path.endsWith(".yaml") || path.endsWith(".yml")) {
                Outline.of(template).forEach(outline -> parts.add(new Part(path, template, outline)));
            }
        });
        var missing = new MissingValues(values, source.dependencies());
        templates.forEach((path, template) -> {
            Optional<Missing> gap = missing.in(template);
            if (gap.isPresent()) {
                throw new BrokenChart(
                        path, template.lineOf(gap.get().offset()), gap.get().problem());
            }
        });
        var helpers = Labels.helpers(List.copyOf(templates.values()));
        return new Anatomy(source, templates, List.copyOf(parts), helpers, values);
    }

    /// What the charts that it brings along define, by path; those that Go would refuse are left out.
    SortedMap<String, GoTemplate> libraries() {
        var libraries = new TreeMap<String, GoTemplate>();
        source.libraries().forEach((path, text) -> {
            try {
                libraries.put(path, GoTemplate.parse(text));
            } catch (TemplateSyntaxException _) {
                // Helm will say it; what it defines is not understood here.
            }
        });
        return libraries;
    }

    /// The objects of a kind, of any group.
    List<Part> ofKind(String kind) {
        return parts.stream().filter(part -> part.kind().equals(kind)).toList();
    }

    /// The objects of one API group and kind.
    List<Part> of(String group, String kind) {
        return ofKind(kind).stream().filter(part -> part.group().equals(group)).toList();
    }

    private static GoTemplate parsed(String path, String text) {
        try {
            return GoTemplate.parse(text);
        } catch (TemplateSyntaxException e) {
            throw new BrokenChart(path, e.line(), e.problem());
        }
    }
}
