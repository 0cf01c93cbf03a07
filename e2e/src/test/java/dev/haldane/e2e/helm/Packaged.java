package dev.haldane.e2e.helm;

import static dev.haldane.e2e.RealParts.checkout;

import dev.haldane.e2e.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// What the build has packaged.
public final class Packaged {

    private Packaged() {}

    /// The launcher of the checkout, with the image beside it. Without an image the test is skipped and says so.
    public static Path launcher() {
        if (!Files.exists(image().resolve("lib/build-id"))) {
            return Assumptions.abort("SKIPPED: no image in " + image() + ": ./mvnw package makes it");
        }
        return checkout("haldane");
    }

    public static Path image() {
        return checkout("postrenderer/target/image");
    }

    /// Reports go to `home`, and a test never starts a build.
    public static Map<String, String> environment(Path home) {
        return Map.of("XDG_STATE_HOME", home.resolve("state").toString(), "HALDANE_BUILD", "never");
    }

    static Program run(Path home, String input, String... words) {
        var command = Stream.concat(Stream.of(launcher().toString()), Stream.of(words));
        return Program.run(command.toList(), environment(home), input);
    }

    /// What `haldane report` says, on one line.
    static String report(Path home) {
        return run(home, "", "report").out();
    }

    public static List<String> words(Path program, String... words) {
        return Stream.concat(Stream.of(program.toString()), Stream.of(words)).toList();
    }
}
