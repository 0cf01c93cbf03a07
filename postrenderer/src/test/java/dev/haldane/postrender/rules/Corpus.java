package dev.haldane.postrender.rules;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.rule.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Manifests that people wrote: those beside the project, and our own examples.
final class Corpus {
    static final Path EXAMPLES = Path.of("src/test/resources/rules");

    private static final Path SHARED = Path.of("../../shared/corpus");

    private Corpus() {}

    /// The real ones; the test is skipped where they are absent.
    static List<Source> real() {
        assumeTrue(Files.isDirectory(SHARED), "skipped: there is no " + SHARED + " with real manifests");
        return sources(SHARED).stream()
                .filter(source ->
                        !source.name().contains("/templates/") && !source.name().contains("/licences/"))
                .toList();
    }

    static Source real(String name) {
        assumeTrue(Files.isDirectory(SHARED), "skipped: there is no " + SHARED + " with real manifests");
        return source(SHARED.resolve(name));
    }

    static List<Source> examples() {
        return sources(EXAMPLES);
    }

    /// The examples, and the real ones where they are.
    static List<Source> all() {
        var all = new ArrayList<>(examples());
        if (Files.isDirectory(SHARED)) {
            all.addAll(real());
        }
        return all;
    }

    static Source source(Path file) {
        try {
            return new Source(file.toString(), Document.decode(Files.readAllBytes(file), file.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Source> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(yaml|yml|txt)"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .map(Corpus::source)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
