package dev.haldane.e2e.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.e2e.RealCluster;
import dev.haldane.e2e.RealParts;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rules.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the rules add is what the API server, with the CRDs of Istio and our own, accepts.
class RenderedObjectsTest {

    /// Their CRDs are not here.
    private static final Set<String> UNKNOWN = Set.of(
            "AuthorizationPolicy", "PodMonitor", "ServiceMonitor", "Rollout", "ScaledObject", "VerticalPodAutoscaler");

    @Test
    void routes_of_every_configuration_are_accepted() throws IOException {
        var cluster = RealCluster.shared();
        for (Path folder : folders("routing")) {
            var after = Files.readString(folder.resolve("after.yaml"));

            assertAccepted(cluster, folder, after);
        }
    }

    @Test
    void what_is_added_in_each_decided_case_is_accepted() throws IOException {
        var cluster = RealCluster.shared();
        for (Path folder : folders("cases")) {
            var before = Files.readString(folder.resolve("in.yaml"));
            var rendering = RuleSet.of(RolloutDefaults.builtIn()).rewrite(before, "in.yaml", Release.UNKNOWN);
            boolean injected = rendering.report().outcomes().stream()
                    .anyMatch(outcome -> outcome.rule().equals("inject-canary")
                            && outcome.verb().equals("added"));
            if (injected) {
                assertAccepted(cluster, folder, rendering.text());
            }
        }
    }

    private static List<Path> folders(String name) throws IOException {
        try (Stream<Path> folders = Files.list(RealParts.checkout("postrenderer/src/test/resources/" + name))) {
            return folders.sorted().toList();
        }
    }

    private static void assertAccepted(RealCluster cluster, Path folder, String stream) {
        var known = Document.split(stream, folder.toString()).stream()
                .filter(document -> document.manifest()
                        .filter(manifest -> !UNKNOWN.contains(manifest.kind()))
                        .isPresent())
                .map(Document::text)
                .collect(Collectors.joining("\n"))
                .replaceAll("namespace: jx-\\w+", "namespace: default");

        var applied = cluster.kubectlWith(known, "apply", "-n", "default", "--dry-run=server", "-f", "-");

        assertThat(applied.status()).as(folder + ": " + applied.err()).isZero();
    }
}
