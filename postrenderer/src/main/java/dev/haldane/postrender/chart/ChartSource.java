package dev.haldane.postrender.chart;

import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A chart's directory, read: the files that Helm would render or look at, as text.
///
/// @param directory   absolute
/// @param description Chart.yaml
/// @param files       texts by path within the chart, with `/`
record ChartSource(Path directory, Mapping description, SortedMap<String, String> files) {
    static final String TEMPLATES = "templates/";
    static final String VALUES = "values.yaml";
    static final String SCHEMA = "values.schema.json";

    private static final List<String> BESIDE_TEMPLATES =
            List.of("Chart.yaml", VALUES, SCHEMA, ".helmignore", "requirements.yaml");

    /// @throws UserError if it is no chart or cannot be read
    static ChartSource read(Path chart) {
        Path directory = chart.toAbsolutePath().normalize();
        if (!Files.isRegularFile(directory.resolve("Chart.yaml"))) {
            throw UserError.input(
                    chart + ": no chart, it has no Chart.yaml", "name the directory that Chart.yaml is in");
        }
        var files = new TreeMap<String, String>();
        for (String name : BESIDE_TEMPLATES) {
            if (Files.isRegularFile(directory.resolve(name))) {
                files.put(name, read(directory.resolve(name), chart.resolve(name)));
            }
        }
        for (Path helper : Libraries.templates(directory)) {
            String path = directory.relativize(helper).toString().replace('\\', '/');
            files.put(path, read(helper, chart.resolve(path)));
        }
        for (Path template : templates(directory)) {
            String path = directory.relativize(template).toString().replace('\\', '/');
            files.put(path, read(template, chart.resolve(path)));
        }
        String text = files.getOrDefault("Chart.yaml", "");
        Mapping description = Document.split(text, chart.resolve("Chart.yaml").toString()).stream()
                .flatMap(document -> document.root().stream())
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .findFirst()
                .orElse(Mapping.EMPTY);
        return new ChartSource(directory, description, files);
    }

    /// The same chart with other files.
    ChartSource with(SortedMap<String, String> changed) {
        return new ChartSource(directory, description, changed);
    }

    /// The template that `inject` has added, if it has.
    Optional<String> ours() {
        return files.entrySet().stream()
                .filter(file -> file.getKey().startsWith(TEMPLATES))
                .filter(file -> CanaryTemplate.isOurs(file.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    String name() {
        return description.text("name").orElseGet(() -> String.valueOf(directory.getFileName()));
    }

    boolean isLibrary() {
        return description.text("type").filter("library"::equals).isPresent();
    }

    Optional<String> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /// The templates that Helm renders, partials included.
    SortedMap<String, String> templates() {
        var templates = new TreeMap<String, String>();
        var ignore = new HelmIgnore(files.getOrDefault(".helmignore", ""));
        files.forEach((path, text) -> {
            if (path.startsWith(TEMPLATES) && !ignore.hides(path)) {
                templates.put(path, text);
            }
        });
        return templates;
    }

    /// The templates of charts that it brings along: what they define, it may call.
    SortedMap<String, String> libraries() {
        var libraries = new TreeMap<String, String>();
        files.forEach((path, text) -> {
            if (path.startsWith(Libraries.CHARTS)) {
                libraries.put(path, text);
            }
        });
        return libraries;
    }

    /// Names and aliases of the charts that this one brings along: their values stand below these keys.
    List<String> dependencies() {
        Node requirements = file("requirements.yaml")
                .map(ValuesBlock::mapping)
                .map(Node.class::cast)
                .orElse(description);
        return Stream.concat(requirements.items("dependencies").stream(), description.items("dependencies").stream())
                .map(dependency -> dependency.text("alias").or(() -> dependency.text("name")))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    Path path(String file) {
        return directory.resolve(file);
    }

    static String read(Path file, Path shown) {
        try {
            return Document.decode(Files.readAllBytes(file), shown.toString());
        } catch (IOException e) {
            throw UserError.input(shown + ": cannot be read: " + e.getMessage(), "");
        }
    }

    private static List<Path> templates(Path directory) {
        Path templates = directory.resolve("templates");
        if (!Files.isDirectory(templates)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(templates)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw UserError.input(templates + ": cannot be read: " + e.getMessage(), "");
        }
    }
}
