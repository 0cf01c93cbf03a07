package dev.haldane.postrender.cli;

import dev.haldane.postrender.cli.Surroundings.Stream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// `haldane`, as far as it needs no server: the only class that knows the process's own streams and environment.
public final class Main {

    /// Set by the launcher, because the shell knows which streams are terminals at no cost: words of `in out err`.
    private static final String TERMINALS = "HALDANE_TERMINALS";

    private Main() {}

    public static void main(String[] args) {
        Map<String, String> env = System.getenv();
        // Unbuffered streams: what is written goes out in one piece, and nothing is left behind at exit.
        var around = new Surroundings(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                env,
                Path.of(""),
                terminals(env.getOrDefault(TERMINALS, "")));
        int exitCode = CommandLine.run(List.of(args), around);
        if (exitCode != 0) {
            System.exit(exitCode); // only then: it looks for a logger first, which costs milliseconds
        }
    }

    private static Set<Stream> terminals(String words) {
        var found = EnumSet.noneOf(Stream.class);
        for (Stream stream : Stream.values()) {
            if (words.contains(stream.name().toLowerCase(Locale.ROOT))) {
                found.add(stream);
            }
        }
        return found;
    }
}
