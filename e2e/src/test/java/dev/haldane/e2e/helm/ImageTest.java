package dev.haldane.e2e.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.e2e.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTest {

    private static final String STREAM = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";

    @TempDir
    Path home;

    @Test
    void the_image_is_the_one_that_was_built() throws IOException {
        var built = Files.readString(Packaged.image().resolve("lib/build-id")).strip(); // version and hash

        assertThat(Packaged.run(home, "", "version").out()).isEqualTo("haldane " + built.replace(" ", " (") + ")\n");
    }

    @Test
    void the_cache_is_accepted() {
        Packaged.launcher();
        // With "on", a Java that cannot use the cache refuses to start.
        var call = Program.run(
                List.of(
                        Packaged.image().resolve("bin/java").toString(),
                        "-XX:AOTMode=on",
                        "-XX:AOTCache=" + Packaged.image().resolve("lib/haldane.aot"),
                        "-m",
                        "dev.haldane.postrender/dev.haldane.postrender.cli.Main",
                        "version"),
                Map.of(),
                "");

        assertThat(call.status()).as(call.err()).isZero();
        assertThat(call.err()).isEmpty();
    }

    @Test
    void stdout_is_clean_without_the_cache_and_with_a_foreign_one() throws IOException {
        Packaged.launcher();
        var copy = home.resolve("image");
        copy(Packaged.image(), copy);
        var cache = copy.resolve("lib/haldane.aot");

        assertThat(post(copy).out()).isEqualTo(STREAM);

        Files.writeString(cache, "this is no cache");
        assertThat(post(copy).out()).isEqualTo(STREAM);

        Files.delete(cache);
        assertThat(post(copy).out()).isEqualTo(STREAM);
    }

    @Test
    void an_image_that_was_moved_works_through_a_link() throws IOException {
        Packaged.launcher();
        var copy = home.resolve("moved here");
        copy(Packaged.image(), copy);
        var link = Files.createSymbolicLink(home.resolve("haldane"), copy.resolve("bin/haldane"));
        var call = Program.run(List.of(link.toString(), "post-render"), Packaged.environment(home), STREAM);

        assertThat(call.out()).isEqualTo(STREAM);
        assertThat(call.err()).isEqualTo("haldane: nothing to do\n");
    }

    @Test
    void what_cannot_be_read_ends_with_3_and_an_empty_stdout() {
        var call = Packaged.run(home, "a: [\n", "post-render");

        assertThat(call.status()).isEqualTo(3);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).startsWith("haldane: <stdin>:");
    }

    /// What is much for a small heap: an answer, or one line that says how much memory there is.
    @Test
    void too_large_an_input_is_said_in_one_line_and_nothing_is_written() {
        Packaged.launcher();
        var large = (STREAM + "data: {a: '" + "x".repeat(10_000) + "'}\n---\n").repeat(1_000);

        var enough = small("256m", large);
        assertThat(enough.status()).as(enough.err()).isZero();
        assertThat(enough.out().equals(large)).as("byte for byte").isTrue();

        var little = small("24m", large);
        assertThat(little.status()).isEqualTo(3);
        assertThat(little.out()).isEmpty();
        assertThat(little.err())
                .startsWith("haldane: the input is too large for ")
                .doesNotContain("\tat ");
    }

    private Program small(String heap, String input) {
        var java = Packaged.image().resolve("bin/java").toString();
        return Program.run(
                List.of(
                        java,
                        "-Xmx" + heap,
                        "-m",
                        "dev.haldane.postrender/dev.haldane.postrender.cli.Main",
                        "post-render"),
                Packaged.environment(home),
                input);
    }

    private Program post(Path image) {
        var command = List.of(image.resolve("bin/haldane").toString(), "post-render");
        return Program.run(command, Packaged.environment(home), STREAM);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
