package dev.haldane.e2e.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One chart or file of the corpus.
///
/// @param name relative to the corpus
/// @param top  the folder of the corpus that it came with: what it refers to lies in there
record Input(String name, Path top, Path path) {

    private static final String PLACEHOLDER = "REPLACE_ME_APP_NAME";

    static Input of(Path root, Path path) {
        var relative = root.relativize(path);
        return new Input(
                relative.toString().isEmpty() ? String.valueOf(root.getFileName()) : relative.toString(),
                relative.getNameCount() > 1 ? root.resolve(relative.getName(0)) : path,
                path);
    }

    /// The same in a copy of all that it came with, to be changed.
    Input copied(Path into) {
        try (Stream<Path> paths = Files.walk(top)) {
            for (var from : paths.toList()) {
                var to = into.resolve(top.relativize(from).toString());
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else {
                    Files.write(to, Files.readAllBytes(from));
                }
            }
            return new Input(name, into, into.resolve(top.relativize(path).toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Gives a pack of Jenkins X the application's name, as `jx import` does.
    void named(String application) {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                var text = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (text.contains(PLACEHOLDER)) {
                    Files.writeString(file, text.replace(PLACEHOLDER, application), StandardCharsets.ISO_8859_1);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Of a chart: an umbrella has none.
    boolean hasTemplates() {
        try (Stream<Path> files = Files.walk(path.resolve("templates"))) {
            return files.anyMatch(file -> file.toString().endsWith(".yaml"));
        } catch (IOException e) {
            return false;
        }
    }

    String text() {
        return text(path);
    }

    static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All files that it came with by path; bytes as characters.
    SortedMap<String, String> bytes() {
        var bytes = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes.put(top.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    @Override
    public String toString() {
        return name;
    }
}
