package dev.haldane.e2e;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Where the real parts are: in the folders that `KUBEBUILDER_ASSETS` and `HALDANE_TOOLS` name, else in those that
/// `e2e/assets` finds without building or fetching anything, else on `PATH`.
public final class RealParts {

    private static final Map<String, String> FOLDERS = folders();

    private RealParts() {}

    /// A program such as `kube-apiserver`, `helm3` or `envoy`. Without it the test is skipped and says so.
    public static Path programOrSkip(String name) {
        return program(name)
                .orElseGet(() -> Assumptions.abort("SKIPPED: no " + name + ": run eval \"$(e2e/assets)\" first"));
    }

    public static Optional<Path> program(String name) {
        return found(name).filter(Files::isExecutable);
    }

    /// A file among the tools, such as `istio-crds.yaml`. Without it the test is skipped and says so.
    public static Path fileOrSkip(String name) {
        return found(name)
                .orElseGet(() -> Assumptions.abort("SKIPPED: no " + name + ": run eval \"$(e2e/assets)\" first"));
    }

    private static Optional<Path> found(String name) {
        return Stream.of(FOLDERS.get("KUBEBUILDER_ASSETS"), FOLDERS.get("HALDANE_TOOLS"), System.getenv("PATH"))
                .filter(folders -> folders != null)
                .flatMap(folders -> Stream.of(folders.split(File.pathSeparator)))
                .map(folder -> Path.of(folder, name))
                .filter(Files::exists)
                .findFirst();
    }

    private static Map<String, String> folders() {
        var folders = new HashMap<String, String>();
        for (var line : atHand()) {
            if (line.startsWith("export ") && line.contains("=")) {
                int equals = line.indexOf('=');
                folders.put(line.substring("export ".length(), equals), line.substring(equals + 1));
            }
        }
        for (var name : List.of("KUBEBUILDER_ASSETS", "HALDANE_TOOLS")) {
            Optional.ofNullable(System.getenv(name)).ifPresent(folder -> folders.put(name, folder));
        }
        return folders;
    }

    private static List<String> atHand() {
        if (System.getenv("KUBEBUILDER_ASSETS") != null && System.getenv("HALDANE_TOOLS") != null) {
            return List.of();
        }
        var script = checkout("e2e/assets").toString();
        return Program.run(List.of(script, "--at-hand"), Map.of(), "")
                .out()
                .lines()
                .toList();
    }

    /// A file or folder of the shared folder beside the checkout or above it, such as `corpus/podinfo`.
    public static Optional<Path> shared(String path) {
        for (var folder = here(); folder != null; folder = folder.getParent()) {
            var found = folder.resolve("shared").resolve(path);
            if (Files.exists(found)) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /// A file or folder of the checkout, such as `charts/haldane/crds`.
    public static Path checkout(String path) {
        for (var folder = here(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("mvnw"))) {
                return folder.resolve(path);
            }
        }
        throw new IllegalStateException("no mvnw above " + here());
    }

    private static Path here() {
        return Path.of("").toAbsolutePath();
    }
}
