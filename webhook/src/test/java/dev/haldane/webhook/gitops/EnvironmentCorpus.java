package dev.haldane.webhook.gitops;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Real environment repositories, kept outside of this project.
final class EnvironmentCorpus {

    private static final Path ROOT = Path.of("../../shared/corpus");

    private EnvironmentCorpus() {}

    /// Every version of `env/requirements.yaml`, oldest first. Without the corpus the test is skipped and says so.
    static List<String> history(String name) throws IOException {
        var folder = ROOT.resolve(name).resolve("history");
        assumeTrue(Files.isDirectory(folder), "SKIPPED: no corpus at " + folder.toAbsolutePath());
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(EnvironmentCorpus::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
