package dev.haldane.charts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A real `helm`: of `HALDANE_TOOLS`, else of `../shared/tools`, else of the PATH.
///
/// @param name    `helm3` or `helm4`
/// @param program the executable
record Helm(String name, Path program) {
    static final String NAMESPACE = "jx-production";

    /// All that there are.
    static List<Helm> all() {
        var found = new ArrayList<Helm>();
        for (String name : List.of("helm3", "helm4")) {
            tools().map(directory -> directory.resolve(name))
                    .filter(Files::isExecutable)
                    .ifPresent(program -> found.add(new Helm(name, program)));
        }
        if (found.isEmpty()) {
            onPath().ifPresent(program -> found.add(new Helm("helm", program)));
        }
        return found;
    }

    /// One of them, or the test is skipped.
    static Helm any() {
        return all().stream().findFirst().orElseGet(() -> Assumptions.abort("skipped: no helm (HALDANE_TOOLS, PATH)"));
    }

    /// What `helm template` prints for release jx-production.
    String template(Path chart, String... settings) {
        return templateIn(NAMESPACE, chart, settings);
    }

    /// The same in another namespace.
    String templateIn(String namespace, Path chart, String... settings) {
        var command = new ArrayList<>(List.of(program.toString(), "template", NAMESPACE, chart.toString()));
        command.addAll(List.of("--namespace", namespace, "--kube-version", "v1.33.0", "--skip-tests"));
        for (String setting : settings) {
            command.addAll(List.of(setting.contains("=[") ? "--set-json" : "--set", setting));
        }
        return run(command);
    }

    /// Its complaints, if it has any.
    String lint(Path chart) {
        return run(List.of(program.toString(), "lint", "--quiet", "--strict", chart.toString()));
    }

    @Override
    public String toString() {
        return name;
    }

    private static String run(List<String> command) {
        try {
            Path errors = Files.createTempFile("helm", ".err");
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            String complaint = Files.readString(errors);
            Files.delete(errors);
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + status + ": " + complaint);
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Optional<Path> tools() {
        String given = System.getenv("HALDANE_TOOLS");
        if (given != null) {
            return Optional.of(Path.of(given));
        }
        Path unpack = Path.of("../../shared/tools/unpack").toAbsolutePath().normalize();
        return Files.isExecutable(unpack)
                ? Optional.of(Path.of(
                        run(List.of(unpack.toString(), "helm3", "helm4")).strip()))
                : Optional.empty();
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .map(directory -> Path.of(directory).resolve("helm"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
