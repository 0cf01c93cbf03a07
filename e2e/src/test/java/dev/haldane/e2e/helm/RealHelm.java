package dev.haldane.e2e.helm;

import static dev.haldane.e2e.RealParts.checkout;
import static dev.haldane.e2e.RealParts.programOrSkip;

import dev.haldane.e2e.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A real Helm, 3 or 4, with a home of its own: one plugin of Helm 4 in their common default directory disables all of
/// Helm 3's. Without the program the test is skipped.
///
/// @param name     `helm3` or `helm4`
/// @param renderer what `--post-renderer` gets
public record RealHelm(String name, Path program, Path home, Map<String, String> environment, String renderer)
        implements AutoCloseable {

    /// Takes the launcher by its path.
    ///
    /// @param more further environment variables, such as those of a cluster
    public static RealHelm three(Path home, Map<String, String> more) {
        return of("helm3", home, more, Packaged.launcher().toString());
    }

    /// Takes our plugin, which is installed here.
    public static RealHelm four(Path home, Map<String, String> more) {
        Packaged.launcher();
        var helm = of("helm4", home, more, "haldane");
        helm.run("plugin", "install", checkout("postrenderer/src/helm-plugin").toString())
                .orThrow();
        return helm;
    }

    private static RealHelm of(String name, Path folder, Map<String, String> more, String renderer) {
        var home = folder.resolve(name);
        var environment = new HashMap<>(Packaged.environment(home));
        environment.putAll(more);
        environment.put("HELM_CACHE_HOME", home.resolve("cache").toString());
        environment.put("HELM_CONFIG_HOME", home.resolve("config").toString());
        environment.put("HELM_DATA_HOME", home.resolve("data").toString());
        environment.put("HELM_PLUGINS", home.resolve("data/plugins").toString());
        return new RealHelm(name, programOrSkip(name), home, environment, renderer);
    }

    public Program run(List<String> words) {
        return run(words.toArray(String[]::new));
    }

    public Program run(String... words) {
        return Program.run(Packaged.words(program, words), environment, "");
    }

    /// Takes away the link that Helm 4 has made to the plugin: JUnit warns of links out of its folder.
    @Override
    public void close() {
        try {
            Files.deleteIfExists(home.resolve("data/plugins/helm-plugin"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
