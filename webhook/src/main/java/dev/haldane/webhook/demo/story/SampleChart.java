package dev.haldane.webhook.demo.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The sample application's chart, which this jar brings along, in a folder of its own.
final class SampleChart {

    static final List<String> FILES = List.of(
            "Chart.yaml",
            "values.yaml",
            ".helmignore",
            "templates/_helpers.tpl",
            "templates/NOTES.txt",
            "templates/deployment.yaml",
            "templates/release.yaml",
            "templates/service.yaml");

    private final Path folder;

    private SampleChart(Path folder) {
        this.folder = folder;
    }

    /// @param folder is made
    static SampleChart unpack(Path folder) throws IOException {
        for (String file : FILES) {
            Path target = folder.resolve(file);
            Files.createDirectories(target.getParent());
            Files.write(target, resource("/demo/croc-hunter/" + file));
        }
        return new SampleChart(folder);
    }

    static byte[] resource(String path) throws IOException {
        try (InputStream in = SampleChart.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new FileNotFoundException(path + " is not in the jar");
            }
            return in.readAllBytes();
        }
    }

    /// The chart as the release pipeline leaves it for a version: `jx step helm release` writes the chart's version,
    /// and the pack's Makefile the image's tag.
    Path release(String version) throws IOException {
        edit("Chart.yaml", "(?m)^version: .*$", "version: " + version);
        edit("values.yaml", "(?m)^  tag: .*$", "  tag: " + version);
        return folder;
    }

    private void edit(String file, String pattern, String replacement) throws IOException {
        Path path = folder.resolve(file);
        Files.writeString(path, Files.readString(path, UTF_8).replaceFirst(pattern, replacement));
    }
}
