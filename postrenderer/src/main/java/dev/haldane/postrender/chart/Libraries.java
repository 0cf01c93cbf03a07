package dev.haldane.postrender.chart;

import dev.haldane.postrender.config.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The charts in a chart's `charts/`, as far as they are directories: a packed one is looked into by Helm alone.
final class Libraries {
    static final String CHARTS = "charts/";

    private Libraries() {}

    /// Their templates, in every depth.
    static List<Path> templates(Path chart) {
        Path charts = chart.resolve("charts");
        if (!Files.isDirectory(charts)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(charts)) {
            return files.filter(file -> isTemplate(charts.relativize(file)))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw UserError.input(charts + ": cannot be read: " + e.getMessage(), "");
        }
    }

    /// Whether a chart is in `charts/`, as a directory or packed.
    static boolean isThere(Path chart, String name) {
        Path charts = chart.resolve("charts");
        if (!Files.isDirectory(charts)) {
            return false;
        }
        try (Stream<Path> files = Files.list(charts)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .anyMatch(file -> file.equals(name) || (file.startsWith(name + "-") && file.endsWith(".tgz")));
        } catch (IOException _) {
            return false; // Helm could not list it either
        }
    }

    private static boolean isTemplate(Path path) {
        String text = path.toString().replace('\\', '/');
        return text.contains("/templates/") && (text.endsWith(".tpl") || text.endsWith(".yaml"));
    }
}
