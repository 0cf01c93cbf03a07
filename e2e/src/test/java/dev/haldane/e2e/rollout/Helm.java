package dev.haldane.e2e.rollout;

import static dev.haldane.e2e.RealParts.checkout;
import static dev.haldane.e2e.RealParts.programOrSkip;

import dev.haldane.e2e.Program;
import dev.haldane.e2e.RealCluster;
import dev.haldane.e2e.helm.Packaged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A real Helm, 3 or 4, with a home of its own and croc-hunter in any version.
final class Helm {

    private final Path program;
    private final Path home;
    private final Map<String, String> environment;
    private final List<String> renderer;
    private final Map<String, String> charts = new ConcurrentHashMap<>();

    private Helm(RealCluster cluster, String name, Path home, List<String> renderer) {
        this.program = programOrSkip(name);
        this.home = home.resolve(name);
        this.renderer = renderer;
        environment = new HashMap<>(Packaged.environment(this.home));
        environment.putAll(cluster.environment());
        for (var kind : List.of("cache", "config", "data")) {
            environment.put(
                    "HELM_" + kind.toUpperCase(java.util.Locale.ROOT) + "_HOME",
                    this.home.resolve(kind).toString());
        }
        environment.put("HELM_PLUGINS", this.home.resolve("data/plugins").toString());
    }

    /// Takes the launcher by its path.
    static Helm three(RealCluster cluster, Path home) {
        return new Helm(cluster, "helm3", home, List.of(Packaged.launcher().toString()));
    }

    /// Takes our plugin, which is installed here.
    static Helm four(RealCluster cluster, Path home) {
        Packaged.launcher();
        var helm = new Helm(cluster, "helm4", home, List.of("haldane"));
        helm.run(List.of(
                        "plugin",
                        "install",
                        checkout("postrenderer/src/helm-plugin").toString()))
                .orThrow();
        return helm;
    }

    /// `helm upgrade --install` through the post-renderer.
    ///
    /// @param release    called like its namespace, as Jenkins X does it
    /// @param defaults   `haldane.yaml`
    Program upgrade(String release, Version version, Path defaults) {
        return run(words(List.of("upgrade", "--install", release), release, version, rendered(defaults)));
    }

    /// `helm upgrade --install` as it was before anybody knew of Haldane.
    Program upgradePlainly(String release, Version version) {
        return run(words(List.of("upgrade", "--install", release), release, version, List.of()));
    }

    /// The manifests through the post-renderer.
    String template(String release, Version version, Path defaults) {
        return run(words(List.of("template", release), release, version, rendered(defaults)))
                .orThrow();
    }

    private List<String> rendered(Path defaults) {
        return List.of("--post-renderer", renderer.getFirst(), "--post-renderer-args", "--config=" + defaults);
    }

    private List<String> words(List<String> first, String namespace, Version version, List<String> last) {
        var words = new ArrayList<>(first);
        words.addAll(List.of(chart(version), "-n", namespace, "--set", "image.tag=" + version.number()));
        version.annotations().forEach((name, value) -> {
            words.add("--set-string");
            words.add("podAnnotations." + name.replace(".", "\\.") + "=" + value);
        });
        words.addAll(last);
        return words;
    }

    /// As the release pipeline leaves it: the chart's version is the application's. Made once: two calls at the same
    /// time
    /// would read what the other is writing.
    private String chart(Version version) {
        return charts.computeIfAbsent(version.number(), _ -> packaged(version));
    }

    private String packaged(Version version) {
        run(List.of(
                        "package",
                        checkout("charts/croc-hunter").toString(),
                        "--version",
                        version.number(),
                        "-d",
                        home.resolve("charts").toString()))
                .orThrow();
        return home.resolve("charts/croc-hunter-" + version.number() + ".tgz").toString();
    }

    /// Takes away the link that Helm 4 has made to the plugin: JUnit warns of links out of its folder.
    void unlink() throws IOException {
        Files.deleteIfExists(home.resolve("data/plugins/helm-plugin"));
    }

    private Program run(List<String> words) {
        return Program.run(Packaged.words(program, words.toArray(String[]::new)), environment, "");
    }
}
