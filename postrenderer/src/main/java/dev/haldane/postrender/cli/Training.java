package dev.haldane.postrender.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the image's AOT cache learns: the image build runs it once, over a directory of samples. A call that is not
/// trained works as well, only slower.
public final class Training {

    private Training() {}

    public static void main(String[] args) throws IOException {
        Path samples = Path.of(args[0]);
        byte[] stream = Files.readAllBytes(samples.resolve("stream.yaml"));
        Path state = Files.createTempDirectory("haldane-training");
        for (List<String> words : List.of(
                List.of("post-render"),
                List.of("post-render", "--report", "json", "--set", "analysis.interval=30s"),
                List.of("--diff"),
                List.of("rules"),
                List.of("version"),
                List.of("help"))) {
            var around = new Surroundings(
                    new ByteArrayInputStream(stream),
                    OutputStream.nullOutputStream(),
                    new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                    Map.of("XDG_STATE_HOME", state.toString()),
                    samples,
                    Set.of());
            int exitCode = CommandLine.run(words, around);
            if (exitCode != 0) {
                System.err.println(words + " ended with " + exitCode);
                System.exit(exitCode);
            }
        }
    }
}
