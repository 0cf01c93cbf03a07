package dev.haldane.e2e.corpus;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What a chart depends on and does not bring along: the sub-chart beside it if it is named by `file://`, else an empty
/// one, since no test fetches anything.
final class Dependencies {

    private Dependencies() {}

    static void supply(Input chart) {
        for (var file : List.of("Chart.yaml", "requirements.yaml")) {
            var described = chart.path().resolve(file);
            if (Files.exists(described)) {
                named(described).forEach(dependency -> supply(chart.path(), dependency));
            }
        }
    }

    private static List<Map<?, ?>> named(Path file) {
        try {
            var tree = Serialization.unmarshal(Files.readString(file), GenericKubernetesResource.class);
            return tree != null && tree.getAdditionalProperties().get("dependencies") instanceof List<?> list
                    ? list.stream()
                            .filter(Map.class::isInstance)
                            .<Map<?, ?>>map(Map.class::cast)
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void supply(Path chart, Map<?, ?> dependency) {
        var name = String.valueOf(dependency.get("name"));
        var place = chart.resolve("charts").resolve(name);
        if (Files.exists(place)) {
            return;
        }
        var repository = String.valueOf(dependency.get("repository"));
        var beside = chart.resolve(repository.replaceFirst("^file://", "")).normalize();
        try {
            if (repository.startsWith("file://") && Files.exists(beside.resolve("Chart.yaml"))) {
                new Input(name, beside, beside).copied(place);
            } else {
                Files.createDirectories(place);
                Files.writeString(
                        place.resolve("Chart.yaml"),
                        "apiVersion: v1\nname: " + name + "\nversion: "
                                + version(String.valueOf(dependency.get("version"))) + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One that fits the range in the usual cases.
    private static String version(String range) {
        var digits = range.replaceAll("^[^0-9]*", "").replaceAll("[^0-9.].*$", "");
        return digits.matches("[0-9]+\\.[0-9]+\\.[0-9]+") ? digits : "1.0.0";
    }
}
