package dev.haldane.postrender.cli;

import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.rule.Release;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The `helm` that is on PATH.
record Helm(Path executable) {

    static Optional<Helm> onPath(Surroundings around) {
        for (String directory : around.variable("PATH").orElse("").split(File.pathSeparator, -1)) {
            Path helm = around.path(directory).resolve("helm");
            if (Files.isExecutable(helm)) {
                return Optional.of(new Helm(helm.toAbsolutePath()));
            }
        }
        return Optional.empty();
    }

    /// What `helm template` prints for the chart with its own values.
    ///
    /// @throws UserError with what Helm says, if it does not render the chart
    String template(Path chart, Release release) throws IOException {
        var process = new ProcessBuilder(List.of(
                        executable.toString(),
                        "template",
                        release.name(),
                        chart.toString(),
                        "--namespace",
                        release.namespace()))
                .start();
        process.getOutputStream().close();
        var said = CompletableFuture.supplyAsync(() -> all(process.getErrorStream()), Thread::startVirtualThread);
        var text = all(process.getInputStream());
        try {
            if (process.waitFor() != 0) {
                var why = new String(said.join(), StandardCharsets.UTF_8).strip();
                throw UserError.input(chart + ": Helm does not render this chart: " + why, "");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Helm was rendering", e);
        }
        return Document.decode(text, "helm template " + chart);
    }

    private static byte[] all(java.io.InputStream stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return executable.toString();
    }
}
