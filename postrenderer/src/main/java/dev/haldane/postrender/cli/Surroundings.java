package dev.haldane.postrender.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a command may touch of the process that it runs in.
///
/// @param out       the manifest stream: written once, last
/// @param directory against which relative paths are read
/// @param terminals which of the three streams a person sits at
record Surroundings(
        InputStream in,
        OutputStream out,
        PrintStream err,
        Map<String, String> env,
        Path directory,
        Set<Stream> terminals) {

    /// The three streams of a process.
    enum Stream {
        IN,
        OUT,
        ERR
    }

    Surroundings {
        env = Map.copyOf(env);
        terminals = Set.copyOf(terminals);
    }

    /// An environment variable that is set and not empty.
    Optional<String> variable(String name) {
        return Optional.ofNullable(env.get(name)).filter(value -> !value.isEmpty());
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /// Helm 4 runs a post-renderer as a plugin and then says so; it hides stderr, and refuses an empty answer.
    boolean insideHelm4() {
        return variable("HELM_PLUGIN_NAME").isPresent();
    }

    /// The answer, all of it at once.
    void answer(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
