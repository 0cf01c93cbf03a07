package dev.haldane.charts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A chart in a directory, and copies of it to play with.
record ChartFolder(Path directory) {

    /// Our own chart and, where the corpus is there, all of its charts.
    static List<ChartFolder> all() {
        var all = new ArrayList<ChartFolder>();
        all.add(crocHunter());
        Path corpus = corpus();
        if (Files.isDirectory(corpus)) {
            try (Stream<Path> files = Files.walk(corpus)) {
                files.filter(file -> file.endsWith("Chart.yaml"))
                        .sorted()
                        .map(Path::getParent)
                        .forEach(chart -> all.add(new ChartFolder(chart)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    static ChartFolder crocHunter() {
        return new ChartFolder(Path.of("croc-hunter").toAbsolutePath());
    }

    static Path corpus() {
        return Path.of("../../shared/corpus").toAbsolutePath().normalize();
    }

    /// A copy below a new directory `charts`, with the pipeline of croc-hunter beside it.
    ChartFolder copy(Path into) {
        try {
            Path charts = Files.createDirectories(into.resolve("charts"));
            Path copy = charts.resolve(String.valueOf(directory.getFileName()));
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.toList()) {
                    Path target = copy.resolve(directory.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else {
                        // The corpus is read-only, and the copy must not be.
                        Files.write(target, Files.readAllBytes(file));
                    }
                }
            }
            Files.copy(Path.of("Jenkinsfile").toAbsolutePath(), into.resolve("Jenkinsfile"));
            return new ChartFolder(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes each file anew.
    void eachFile(UnaryOperator<String> change) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, change.apply(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All files by path, the pipeline above among them; bytes as characters.
    SortedMap<String, String> bytes() {
        Path top = directory.resolve("../..").normalize();
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
        Path corpus = corpus();
        return directory.startsWith(corpus)
                ? corpus.relativize(directory).toString()
                : String.valueOf(directory.getFileName());
    }
}
