package dev.haldane.e2e.corpus;

import dev.haldane.e2e.RealParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where the real input is: in the folder that the system property `haldane.corpus` names, else in the shared one, else
/// what the project has itself.
record Corpus(List<Path> roots) {

    private static final String PROPERTY = "haldane.corpus";

    static Corpus find() {
        return new Corpus(Optional.ofNullable(System.getProperty(PROPERTY))
                .map(folder -> Path.of(folder).toAbsolutePath().normalize())
                .or(() -> RealParts.shared("corpus"))
                .map(folder -> List.of(folder))
                .orElseGet(() ->
                        List.of(RealParts.checkout("charts"), RealParts.checkout("e2e/src/test/resources/helm"))));
    }

    /// Folders with a `Chart.yaml` that are no sub-chart of another.
    List<Input> charts() {
        return inputs(Corpus::isChart);
    }

    /// YAML files with objects in them that are not part of a chart.
    List<Input> files() {
        var charts = charts();
        return inputs(path -> Files.isRegularFile(path)
                && path.toString().matches(".*\\.ya?ml")
                && charts.stream().noneMatch(chart -> path.startsWith(chart.path()))
                && Input.text(path).lines().anyMatch(line -> line.startsWith("kind:")));
    }

    /// Folders of several such files without a chart among them, in which no object stands twice: one state of a
    /// cluster.
    List<Input> folders() {
        var charts = charts();
        var byFolder = files().stream()
                .collect(Collectors.groupingBy(file -> file.path().getParent()));
        return inputs(folder -> charts.stream().noneMatch(chart -> chart.path().startsWith(folder))
                && areOneState(byFolder.getOrDefault(folder, List.of())));
    }

    private static boolean areOneState(List<Input> files) {
        var keys = files.stream()
                .flatMap(file -> Manifests.of(file.text()).objects().keySet().stream())
                .toList();
        return files.size() > 1 && keys.size() == Set.copyOf(keys).size();
    }

    private List<Input> inputs(Predicate<Path> wanted) {
        var found = new ArrayList<Input>();
        for (var root : roots) {
            try (Stream<Path> paths = Files.walk(root)) {
                paths.filter(wanted).sorted().map(path -> Input.of(root, path)).forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    private static boolean isChart(Path folder) {
        var parent = folder.getParent();
        boolean dependency =
                parent != null && parent.endsWith("charts") && Files.exists(parent.resolveSibling("Chart.yaml"));
        return Files.exists(folder.resolve("Chart.yaml")) && !dependency;
    }
}
