package dev.haldane.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where the real parts are: below a folder `shared` beside the checkout or above it, and in the checkout itself.
public final class RealParts {

    private RealParts() {}

    /// A file or folder of the shared folder, such as `kube/control-plane`.
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
