package dev.haldane.postrender.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One call of the command line in this process, with what it said.
record Call(int exitCode, String out, String err) {

    /// A call that is being put together.
    static final class Preparation {
        private final Path directory;
        private final Map<String, String> env = new HashMap<>();
        private byte[] in = new byte[0];
        private Set<Surroundings.Stream> terminals = Set.of();

        private Preparation(Path directory) {
            this.directory = directory;
            env.put("XDG_STATE_HOME", directory.resolve("state").toString());
        }

        Preparation with(String name, String value) {
            env.put(name, value);
            return this;
        }

        Preparation reading(String text) {
            return reading(text.getBytes(StandardCharsets.UTF_8));
        }

        Preparation reading(byte[] bytes) {
            in = bytes;
            return this;
        }

        Preparation atTerminal(Surroundings.Stream... streams) {
            terminals = Set.of(streams);
            return this;
        }

        Call of(String... words) {
            var out = new ByteArrayOutputStream();
            var err = new ByteArrayOutputStream();
            int exitCode = CommandLine.run(
                    List.of(words),
                    new Surroundings(
                            new ByteArrayInputStream(in),
                            out,
                            new PrintStream(err, true, StandardCharsets.UTF_8),
                            env,
                            directory,
                            terminals));
            ReportSchema.check(Path.of(java.util.Objects.requireNonNull(env.get("XDG_STATE_HOME")))
                    .resolve("haldane/report.json"));
            return new Call(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }

    static Preparation in(Path directory) {
        return new Preparation(directory);
    }
}
