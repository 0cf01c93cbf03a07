package dev.haldane.postrender.label;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/// Texts that name label values: queries of rules and dashboards, and the regular expressions of monitors. Only their
/// author can tell what else is in them, so that they are found and not changed.
public final class LabelTexts {
    private static final Set<String> QUERIES = Set.of("ConfigMap", "PrometheusRule", "MetricTemplate", "ScaledObject");
    private static final Set<String> MONITORS = Set.of("ServiceMonitor", "PodMonitor", "Probe", "ScrapeConfig");
    private static final String QUOTES = "\"'";

    private LabelTexts() {}

    /// The first of these values that the object has in a text.
    public static Optional<String> naming(Manifest manifest, Collection<String> values) {
        if (QUERIES.contains(manifest.kind())) {
            return values.stream()
                    .filter(value -> quotes(manifest.root().without("metadata"), value))
                    .findFirst();
        }
        return MONITORS.contains(manifest.kind())
                ? values.stream()
                        .filter(value -> matches(manifest.root(), "", value))
                        .findFirst()
                : Optional.empty();
    }

    /// Whether a value stands in quotes: `app="shop"`, `app=~"shop.*"`, and the same inside JSON.
    private static boolean quotes(Node node, String value) {
        return switch (node) {
            case Scalar scalar -> quotes(scalar.text(), value);
            case Sequence(var items) -> items.stream().anyMatch(item -> quotes(item, value));
            case Mapping(var entries, var _) -> entries.values().stream().anyMatch(child -> quotes(child, value));
        };
    }

    private static boolean quotes(String text, String value) {
        for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
            int end = at + value.length();
            boolean begins = at > 0 && QUOTES.indexOf(text.charAt(at - 1)) >= 0;
            boolean goesOn =
                    end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '-');
            if (begins && !goesOn) {
                return true;
            }
        }
        return false;
    }

    /// Whether a relabelling matches the value.
    private static boolean matches(Node node, String name, String value) {
        return switch (node) {
            case Scalar scalar -> name.equals("regex") && scalar.text().contains(value);
            case Sequence(var items) -> items.stream().anyMatch(item -> matches(item, name, value));
            case Mapping(var entries, var _) ->
                entries.entrySet().stream().anyMatch(entry -> matches(entry.getValue(), entry.getKey(), value));
        };
    }
}
