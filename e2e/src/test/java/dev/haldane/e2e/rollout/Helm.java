package dev.haldane.e2e.rollout;

import static dev.haldane.e2e.RealParts.checkout;

import dev.haldane.e2e.Program;
import dev.haldane.e2e.RealCluster;
import dev.haldane.e2e.helm.RealHelm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A real Helm, 3 or 4, with a home of its own and croc-hunter in any version.
final class Helm implements AutoCloseable {

    private final RealHelm helm;
    private final Map<String, String> charts = new ConcurrentHashMap<>();

    private Helm(RealHelm helm) {
        this.helm = helm;
    }

    /// Takes the launcher by its path.
    static Helm three(RealCluster cluster, Path home) {
        return new Helm(RealHelm.three(home, cluster.environment()));
    }

    /// Takes our plugin, which is installed here.
    static Helm four(RealCluster cluster, Path home) {
        return new Helm(RealHelm.four(home, cluster.environment()));
    }

    /// `helm upgrade --install` through the post-renderer.
    ///
    /// @param release    called like its namespace, as Jenkins X does it
    /// @param defaults   `haldane.yaml`
    Program upgrade(String release, Version version, Path defaults) {
        return helm.run(words(List.of("upgrade", "--install", release), release, version, rendered(defaults)));
    }

    /// `helm upgrade --install` as it was before anybody knew of Haldane.
    Program upgradePlainly(String release, Version version) {
        return helm.run(words(List.of("upgrade", "--install", release), release, version, List.of()));
    }

    /// The manifests through the post-renderer.
    String template(String release, Version version, Path defaults) {
        return helm.run(words(List.of("template", release), release, version, rendered(defaults)))
                .orThrow();
    }

    private List<String> rendered(Path defaults) {
        return List.of("--post-renderer", helm.renderer(), "--post-renderer-args", "--config=" + defaults);
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

    /// As the release pipeline leaves it: the chart's version is the application's. Made once, because others may be
    /// reading it already.
    private String chart(Version version) {
        return charts.computeIfAbsent(version.number(), this::packaged);
    }

    private String packaged(String version) {
        var folder = helm.home().resolve("charts");
        var chart = checkout("charts/croc-hunter").toString();
        helm.run("package", chart, "--version", version, "-d", folder.toString())
                .orThrow();
        return folder.resolve("croc-hunter-" + version + ".tgz").toString();
    }

    @Override
    public void close() {
        helm.close();
    }
}
