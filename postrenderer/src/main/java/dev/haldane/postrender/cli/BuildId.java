package dev.haldane.postrender.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which build this is: the version of the sources, and the hash of what is in the image, so that a bug report and a
/// test can tell whether the program that ran is the one that was built.
record BuildId(String version, String image) {

    /// `version.properties` comes with the classes; `image.properties` only the image build adds.
    static BuildId read() {
        return new BuildId(
                read("version.properties", "version", "unknown"), read("image.properties", "id", "no image"));
    }

    @Override
    public String toString() {
        return "haldane " + version + " (" + image + ")";
    }

    private static String read(String resource, String key, String otherwise) {
        try (InputStream in = BuildId.class.getResourceAsStream(resource)) {
            if (in == null) {
                return otherwise;
            }
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty(key, otherwise);
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + resource, e);
        }
    }
}
