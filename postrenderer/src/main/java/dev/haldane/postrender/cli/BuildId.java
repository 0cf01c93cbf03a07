package dev.haldane.postrender.cli;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/// Which build this is: the version of the sources, and the hash of what is in the image, so that a bug report and a
/// test can tell whether the program that ran is the one that was built.
record BuildId(String version, String image) {

    private static final String NO_IMAGE = "no image";

    /// `version.properties` comes with the classes; an image has both in a file, which is read a good deal faster.
    static BuildId read() {
        return inImage(Path.of(System.getProperty("java.home"), "lib", "build-id"))
                .orElseGet(() -> new BuildId(ofClasses(), NO_IMAGE));
    }

    /// One line, `version hash`.
    private static Optional<BuildId> inImage(Path file) {
        try (var in = new FileInputStream(file.toFile())) {
            var words = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            int blank = words.indexOf(' ');
            return Optional.of(new BuildId(words.substring(0, blank), words.substring(blank + 1)));
        } catch (FileNotFoundException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    @Override
    public String toString() {
        return "haldane " + version + " (" + image + ")";
    }

    private static String ofClasses() {
        try (InputStream in = BuildId.class.getResourceAsStream("version.properties")) {
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("version.properties", e);
        }
    }
}
