package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.template.GoTemplate;
import dev.haldane.postrender.chart.template.Outline;
import dev.haldane.postrender.chart.template.SourceLine;
import dev.haldane.postrender.rule.Outcome.Subject;
import java.util.List;

/// One document of a template: an object of the chart, before it is rendered.
///
/// @param file its path within the chart
record Part(String file, GoTemplate template, Outline outline) {

    /// `""` where it depends on a value.
    String kind() {
        return literal("kind");
    }

    String apiVersion() {
        return literal("apiVersion");
    }

    /// The API group; `""` for the core one, or where it depends on a value.
    String group() {
        String version = apiVersion();
        int slash = version.indexOf('/');
        return slash < 0 ? "" : version.substring(0, slash);
    }

    List<SourceLine> find(String... path) {
        return outline.find(path);
    }

    Borrowed borrow(String... path) {
        return Borrowed.from(outline, outline.find(path));
    }

    /// How a report names it: by its file, because its name is not known before it is rendered.
    Subject subject() {
        return new Subject(apiVersion(), kind(), "", file);
    }

    private String literal(String key) {
        List<SourceLine> lines = outline.find(key);
        if (lines.size() != 1) {
            return "";
        }
        String value = outline.value(lines.getFirst());
        return value.contains("{{") ? "" : value.replaceAll("\\s+#.*$", "").replaceAll("^[\"']|[\"']$", "");
    }
}
