package dev.haldane.postrender.cli;

import dev.haldane.postrender.chart.ChartChange;
import dev.haldane.postrender.chart.ChartEdit;
import dev.haldane.postrender.chart.ChartEdit.AddFile;
import dev.haldane.postrender.chart.ChartEdit.DeleteFile;
import dev.haldane.postrender.chart.ChartEdit.EditFile;
import dev.haldane.postrender.chart.ChartRendering;
import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Release;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `--check`: a copy of the chart with the edits in it, rendered before anything is written: by the real Helm, or by
/// our own reading of its templates where there is none.
final class HelmCheck {
    private static final String OWN = "there is no `helm` on PATH, so Haldane's own interpreter rendered it";
    /// A Helm that was not built as a release believes in a Kubernetes of 2020.
    private static final String KUBERNETES = "v1.33.0";

    private static final List<String> OFF = List.of("--set", "canary.enabled=false", "--set", "canary.enable=false");

    private final Optional<Path> helm;

    private HelmCheck(Optional<Path> helm) {
        this.helm = helm;
    }

    /// What was found, in one line.
    ///
    /// @throws UserError if it does not render what would be written, or if that would be wrong
    static Optional<String> of(ChartChange change, Surroundings around) throws IOException {
        if (!Files.isDirectory(change.chart()) || change.edits().isEmpty()) {
            return Optional.empty(); // manifests were checked when they were spliced
        }
        Path scratch = Files.createTempDirectory("haldane-check");
        try {
            String name = String.valueOf(change.chart().getFileName());
            Path original = scratch.resolve("original").resolve(name);
            Path edited = scratch.resolve("edited").resolve(name);
            copy(change.chart(), original);
            copy(change.chart(), edited);
            for (ChartEdit edit : change.edits()) {
                write(edit, change.chart(), edited);
            }
            var check = new HelmCheck(helm(around));
            return Optional.of(change.chart().getFileName() + ": " + check.compare(original, edited, change.chart()));
        } finally {
            delete(scratch);
        }
    }

    private String compare(Path original, Path edited, Path chart) throws IOException {
        Rendering before = render(original, List.of());
        if (!before.error().isEmpty()) {
            throw refused(chart + ": " + renderer() + " does not render this chart even as it is: " + before.error());
        }
        Rendering after = render(edited, List.of());
        if (!after.error().isEmpty()) {
            throw refused(chart + ": " + renderer() + " does not render what would be written: " + after.error());
        }
        wrong(after.text()).ifPresent(problem -> {
            throw refused(chart + ": what would be written renders, but " + problem);
        });
        boolean same = helm.isEmpty() || isSameWhenOff(original, edited, before.text());
        if (!same) {
            throw refused(chart + ": with the switch off it would not render to the same bytes");
        }
        return helm.isEmpty()
                ? OWN + "; the names fit"
                : "Helm renders it, the names fit, and with the switch off it is byte for byte the same";
    }

    /// Charts with random words in them cannot be compared.
    private boolean isSameWhenOff(Path original, Path edited, String before) throws IOException {
        Rendering off = render(edited, OFF);
        Rendering asked = render(original, OFF);
        String wanted = asked.error().isEmpty() ? asked.text() : before;
        boolean steady = render(original, List.of()).text().equals(before);
        return !steady || (off.error().isEmpty() && off.text().equals(wanted));
    }

    /// What is wrong with the Canaries among these objects.
    private static Optional<String> wrong(String rendered) {
        var manifests = Document.split(rendered, "rendered").stream()
                .flatMap(document -> document.manifest().stream())
                .toList();
        for (Manifest canary : manifests) {
            if (!canary.is("flagger.app", "Canary")) {
                continue;
            }
            String target = canary.text("spec", "targetRef", "name").orElse("");
            String service = canary.text("spec", "service", "name").orElse(target);
            if (!isThere("Deployment", target, manifests)) {
                return Optional.of(canary.label() + " targets Deployment/" + target + ", which is not rendered");
            }
            if (!isThere("Service", service, manifests)) {
                return Optional.of(canary.label() + " wants Service/" + service + ", which is not rendered");
            }
        }
        return Optional.empty();
    }

    private static boolean isThere(String kind, String name, List<Manifest> manifests) {
        return manifests.stream()
                .anyMatch(manifest ->
                        manifest.kind().equals(kind) && manifest.name().equals(name));
    }

    /// @param error what the renderer has against the chart; empty if it renders
    private record Rendering(String text, String error) {}

    private Rendering render(Path chart, List<String> settings) throws IOException {
        if (helm.isEmpty()) {
            try {
                return new Rendering(ChartRendering.of(chart, new Release("check", "default")), "");
            } catch (UserError e) {
                return new Rendering("", e.problem());
            }
        }
        var command = new ArrayList<>(List.of(
                helm.get().toString(),
                "template",
                "check",
                chart.toString(),
                "--kube-version",
                KUBERNETES,
                "--skip-tests"));
        command.addAll(settings);
        Path errors = Files.createTempFile(chart.resolveSibling(""), "helm", ".err");
        var process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try (var out = process.getInputStream()) {
            process.getOutputStream().close();
            var text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            var said = process.waitFor() == 0 ? "" : Files.readString(errors).strip();
            return new Rendering(text, process.exitValue() != 0 && said.isEmpty() ? "it says nothing" : said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Helm was rendering", e);
        }
    }

    private String renderer() {
        return helm.isPresent() ? "Helm" : OWN + ", and that";
    }

    private static UserError refused(String problem) {
        return UserError.input(problem, "Nothing was written.");
    }

    private static void write(ChartEdit edit, Path original, Path copy) throws IOException {
        if (!edit.path().startsWith(original)) {
            return; // a pipeline beside the chart
        }
        Path file = copy.resolve(original.relativize(edit.path()).toString());
        switch (edit) {
            case AddFile(var _, var text) -> Files.writeString(file, text);
            case EditFile(var _, var _, var after) -> {
                Files.deleteIfExists(file); // the copy of a file that may not be written, or of a link
                Files.writeString(file, after);
            }
            case DeleteFile _ -> Files.delete(file);
        }
    }

    private static Optional<Path> helm(Surroundings around) {
        return Helm.onPath(around).map(Helm::executable);
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
