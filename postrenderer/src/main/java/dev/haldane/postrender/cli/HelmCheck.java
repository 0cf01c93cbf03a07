package dev.haldane.postrender.cli;

import dev.haldane.postrender.chart.ChartChange;
import dev.haldane.postrender.chart.ChartEdit;
import dev.haldane.postrender.chart.ChartEdit.AddFile;
import dev.haldane.postrender.chart.ChartEdit.DeleteFile;
import dev.haldane.postrender.chart.ChartEdit.EditFile;
import dev.haldane.postrender.config.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `--check`: a copy of the chart with the edits in it, rendered by the real Helm before anything is written.
final class HelmCheck {
    private final Path helm;
    private final Path chart;

    private HelmCheck(Path helm, Path chart) {
        this.helm = helm;
        this.chart = chart;
    }

    /// @throws UserError if there is no Helm, or if it does not render what would be written
    static void of(ChartChange change, Surroundings around) throws IOException {
        if (!Files.isDirectory(change.chart()) || change.edits().isEmpty()) {
            return; // manifests were checked when they were spliced
        }
        Path scratch = Files.createTempDirectory("haldane-check");
        try {
            var check =
                    new HelmCheck(helm(around), scratch.resolve(change.chart().getFileName()));
            copy(change.chart(), check.chart);
            var before = check.error();
            for (ChartEdit edit : change.edits()) {
                check.write(edit, change.chart());
            }
            check.error().ifPresent(error -> {
                throw UserError.input(
                        before.isPresent()
                                ? change.chart() + ": Helm does not render this chart even as it is: " + error
                                : change.chart() + ": Helm does not render what would be written: " + error,
                        "Nothing was written.");
            });
        } finally {
            delete(scratch);
        }
    }

    /// What Helm has against the chart; empty if it renders.
    private Optional<String> error() throws IOException {
        var process = new ProcessBuilder(helm.toString(), "template", "check", chart.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var stderr = process.getErrorStream()) {
            process.getOutputStream().close();
            var said = new String(stderr.readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? Optional.empty() : Optional.of(said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Helm was rendering", e);
        }
    }

    private void write(ChartEdit edit, Path original) throws IOException {
        if (!edit.path().startsWith(original)) {
            return; // a pipeline beside the chart
        }
        Path file = chart.resolve(original.relativize(edit.path()).toString());
        switch (edit) {
            case AddFile(var _, var text) -> Files.writeString(file, text);
            case EditFile(var _, var _, var after) -> Files.writeString(file, after);
            case DeleteFile _ -> Files.delete(file);
        }
    }

    private static Path helm(Surroundings around) {
        return Helm.onPath(around)
                .map(Helm::executable)
                .orElseThrow(() -> UserError.usage(
                        "--check needs `helm`, and there is none on PATH", "Install Helm, or leave --check out."));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void delete(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
