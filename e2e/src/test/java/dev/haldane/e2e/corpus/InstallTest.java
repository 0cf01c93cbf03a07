package dev.haldane.e2e.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.e2e.Program;
import dev.haldane.e2e.RealCluster;
import dev.haldane.e2e.helm.RealHelm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each chart of the corpus with templates of its own through the post-renderer into the real API server, by Helm 3 and
/// by Helm 4: the objects are accepted, two upgrades change nothing and meet no conflict, although somebody else has
/// scaled the target in between, and nothing drifts.
class InstallTest {

    private static final List<String> ROWS = new ArrayList<>();

    @TempDir
    Path folder;

    static List<Input> charts() {
        return Corpus.find().charts().stream().filter(Input::hasTemplates).toList();
    }

    @AfterAll
    @SuppressWarnings("SystemOut")
    static void print() {
        System.out.println("INSTALL chart | helm | without Haldane | Canaries | after two upgrades");
        ROWS.stream().sorted().forEach(row -> System.out.println("INSTALL " + row));
    }

    @ParameterizedTest
    @MethodSource("charts")
    void by_helm_3(Input chart) {
        try (var helm = RealHelm.three(folder, RealCluster.shared().environment())) {
            install(helm, chart);
        }
    }

    @ParameterizedTest
    @MethodSource("charts")
    void by_helm_4(Input chart) {
        try (var helm = RealHelm.four(folder, RealCluster.shared().environment())) {
            install(helm, chart);
        }
    }

    private void install(RealHelm helm, Input original) {
        var chart = original.copied(folder.resolve("chart"));
        Dependencies.supply(chart);
        chart.named("shop");
        var release = new Release(helm, chart.path(), RealCluster.shared().namespace("corpus"));
        try {
            var plain = release.upgrade(List.of("--dry-run=server"));
            var installed = release.upgrade(List.of("--post-renderer", helm.renderer()));
            if (installed.status() != 0) {
                refusedAnyway(helm, original, chart, installed);
                return;
            }
            var canaries = release.canaries();
            canaries.forEach(release::scaleTarget);
            var state = release.state();
            release.upgradeRendered();
            release.upgradeRendered();
            assertThat(release.state()).isEqualTo(state);
            assertThat(release.drift()).isEmpty();
            row(
                    original,
                    helm,
                    plain.status() == 0 ? "installs" : "refused: " + reason(plain),
                    canaries.isEmpty() ? "none" : String.join(" ", canaries),
                    "unchanged");
        } finally {
            release.uninstall();
        }
    }

    /// A chart that this cluster takes as little without Haldane.
    private static void refusedAnyway(RealHelm helm, Input original, Input chart, Program rendered) {
        var release = new Release(helm, chart.path(), RealCluster.shared().namespace("corpus"));
        try {
            var plain = release.upgrade(List.of());
            assertThat(plain.status()).as(rendered.err()).isNotZero();
            row(original, helm, "refused: " + reason(plain), "-", "refused too: " + reason(rendered));
        } finally {
            release.uninstall();
        }
    }

    private static void row(Input chart, RealHelm helm, String... more) {
        ROWS.add(chart.name() + " | " + helm.name() + " | " + String.join(" | ", more));
    }

    /// In few words.
    private static String reason(Program refused) {
        var telling = Pattern.compile(
                "no matches for kind .*? in version \"[^\"]*\"|[A-Za-z.]+ \"[^\"]*\" is invalid: [^:]*: [^,\\]]*");
        var found = telling.matcher(refused.err());
        return found.find() ? found.group() : refused.err().strip().lines().reduce("", (first, last) -> last);
    }

    /// A release in a namespace of its own, called alike, as Jenkins X does it.
    private record Release(RealHelm helm, Path chart, String name) {

        Program upgrade(List<String> more) {
            var words = Stream.of("upgrade", "--install", name, chart.toString(), "--namespace", name);
            return helm.run(Stream.concat(words, more.stream()).toList());
        }

        void upgradeRendered() {
            upgrade(List.of("--post-renderer", helm.renderer())).orThrow();
        }

        List<String> canaries() {
            return kubectl("", "get", "canaries", "-o", "jsonpath={.items[*].metadata.name}")
                    .lines()
                    .flatMap(line -> Stream.of(line.split(" ")))
                    .filter(canary -> !canary.isEmpty())
                    .toList();
        }

        /// As the loop does it, by another field manager than Helm's.
        void scaleTarget(String canary) {
            var target = kubectl("", "get", "canary/" + canary, "-o", "jsonpath={.spec.targetRef.name}");
            kubectl("", "scale", "deployment/" + target, "--replicas=3");
        }

        /// What is in the cluster of all that Helm has sent, without what changes by itself.
        String state() {
            return kubectl(manifest(), "get", "--filename=-", "--output=json")
                    .replaceAll("(?m)^ *\"(resourceVersion|uid|creationTimestamp)\": .*\\n", "")
                    .replaceAll("(?s)\"status\": \\{.*?\\n {12}\\}", "");
        }

        /// What `kubectl diff` says: nothing, if the cluster is as Helm wants it.
        String drift() {
            var diff = RealCluster.shared()
                    .kubectlWith(manifest(), "diff", "-n", name, "--server-side", "--force-conflicts", "-f", "-");
            return diff.status() == 0 ? "" : diff.out() + diff.err();
        }

        private String manifest() {
            return helm.run("get", "manifest", name, "--namespace", name).orThrow();
        }

        void uninstall() {
            helm.run("uninstall", name, "--namespace", name, "--wait");
        }

        private String kubectl(String input, String... words) {
            var all = Stream.concat(Stream.of(words), Stream.of("--namespace", name));
            return RealCluster.shared()
                    .kubectlWith(input, all.toArray(String[]::new))
                    .orThrow();
        }
    }
}
