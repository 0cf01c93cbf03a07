package dev.haldane.e2e.helm;

import static dev.haldane.e2e.RealParts.checkout;
import static dev.haldane.e2e.RealParts.programOrSkip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.e2e.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `helm template` with the real Helm 3 and Helm 4. Each has a home of its own: one plugin of Helm 4 in their common
/// default directory disables all of Helm 3's.
class HelmTest {

    private static final String SHOP =
            checkout("e2e/src/test/resources/helm/shop").toString();
    private static final String NOTHING =
            checkout("e2e/src/test/resources/helm/nothing").toString();

    private static final List<String> OBJECTS =
            List.of("kind: Canary", "kind: VirtualService", "app: shop-primary", "haldane.dev/replicas: \"2\"");

    @TempDir
    Path home;

    /// JUnit warns of links out of its folder.
    @AfterEach
    void removeLinks() throws IOException {
        Files.deleteIfExists(home.resolve("helm4-home/data/plugins/helm-plugin"));
        Files.deleteIfExists(home.resolve("helm4-home/data/plugins/cat"));
        Files.deleteIfExists(home.resolve("bin/haldane"));
    }

    @Nested
    class Helm3 {

        private Path helm;

        @BeforeEach
        void find() {
            helm = programOrSkip("helm3");
        }

        @Test
        void takes_the_launcher_by_its_path() {
            var rendered = helm3("--post-renderer", Packaged.launcher().toString());

            assertThat(rendered.status()).as(rendered.err()).isZero();
            assertThat(rendered.out())
                    .startsWith("---\n# Source: shop/templates/")
                    .contains(OBJECTS);
            assertThat(rendered.out()).doesNotContainPattern("(?m)^ *replicas:");
            assertThat(rendered.err()).isEmpty();
        }

        @Test
        void leaves_what_no_rule_touches_byte_for_byte() {
            var plain = helm3().out();
            var rendered =
                    helm3("--post-renderer", Packaged.launcher().toString()).out();

            assertThat(rendered).contains(document(plain, "shop-config"));
            assertThat(rendered).contains(document(plain, "shop-hook"));
        }

        @Test
        void finds_the_launcher_by_its_name_on_PATH() throws IOException {
            var bin = Files.createDirectory(home.resolve("bin"));
            Files.createSymbolicLink(bin.resolve("haldane"), Packaged.launcher());
            var rendered = run(
                    helm,
                    Map.of("PATH", bin + ":" + System.getenv("PATH")),
                    "template",
                    "shop",
                    SHOP,
                    "--post-renderer",
                    "haldane");

            assertThat(rendered.status()).as(rendered.err()).isZero();
            assertThat(rendered.out()).contains(OBJECTS);
        }

        @Test
        void passes_arguments_on() {
            var rendered = helm3(
                    "--post-renderer",
                    Packaged.launcher().toString(),
                    "--post-renderer-args",
                    "--set",
                    "--post-renderer-args",
                    "analysis.interval=17s",
                    "--post-renderer-args=--report=json");

            assertThat(rendered.status()).as(rendered.err()).isZero();
            assertThat(rendered.out()).contains("interval: 17s");
        }

        @Test
        void shows_why_the_renderer_failed_and_renders_nothing() {
            var rendered = helm3(
                    "--post-renderer",
                    Packaged.launcher().toString(),
                    "--post-renderer-args",
                    "--config=/nowhere.yaml");

            assertThat(rendered.status()).isEqualTo(1);
            assertThat(rendered.out()).isEmpty();
            assertThat(rendered.err()).contains("haldane: /nowhere.yaml does not exist", "exit status 2");
        }

        @Test
        void takes_a_chart_that_renders_nothing() {
            var rendered = run(
                    helm,
                    Map.of(),
                    "template",
                    "nothing",
                    NOTHING,
                    "--post-renderer",
                    Packaged.launcher().toString());

            assertThat(rendered.status()).as(rendered.err()).isZero();
            assertThat(rendered.out().strip()).isEmpty();
        }

        @Test
        void hides_the_report_which_can_be_read_afterwards() {
            helm3("--post-renderer", Packaged.launcher().toString());

            assertThat(Packaged.report(home)).contains("Canary/shop", "exit code 0");
        }

        private Program helm3(String... more) {
            return run(helm, Map.of(), words("template", "shop", SHOP, more));
        }
    }

    @Nested
    class Helm4 {

        private Path helm;

        @BeforeEach
        void install() {
            helm = programOrSkip("helm4");
            Packaged.launcher();
            var plugin = checkout("postrenderer/src/helm-plugin").toString();
            var installed = run(helm, Map.of(), "plugin", "install", plugin);
            assertThat(installed.status()).as(installed.err()).isZero();
        }

        @Test
        void renders_through_the_plugin() {
            var rendered = helm4("--post-renderer", "haldane");

            assertThat(rendered.status()).as(rendered.err()).isZero();
            assertThat(rendered.out())
                    .startsWith("---\n# Source: shop/templates/")
                    .contains(OBJECTS);
            assertThat(rendered.out()).doesNotContainPattern("(?m)^ *replicas:|generated-by-postrender");
            assertThat(rendered.err()).isEmpty();
        }

        @Test
        void leaves_hooks_and_what_no_rule_touches_as_they_are_without_a_renderer() throws IOException {
            // Helm 4 writes all documents anew as soon as there is any renderer, so that is what ours is compared with.
            var cat = Files.createDirectories(home.resolve("cat"));
            Files.writeString(cat.resolve("plugin.yaml"), """
                    apiVersion: v1
                    name: cat
                    version: 0.1.0
                    type: postrenderer/v1
                    runtime: subprocess
                    runtimeConfig:
                      platformCommand: [{command: cat}]
                    """);
            run(helm, Map.of(), "plugin", "install", cat.toString());
            var plain = helm4("--post-renderer", "cat").out();
            var rendered = helm4("--post-renderer", "haldane").out();

            assertThat(rendered).contains(document(plain, "shop-config"));
            assertThat(rendered).contains(document(plain, "shop-hook"));
        }

        @Test
        void files_what_was_added_with_what_it_was_derived_from() {
            var rendered = helm4("--post-renderer", "haldane").out();

            assertThat(document(rendered, "kind: Canary")).startsWith("# Source: shop/templates/deployment.yaml\n");
        }

        @Test
        void shows_why_the_renderer_failed_although_it_hides_stderr() {
            var rendered = helm4("--post-renderer", "haldane", "--post-renderer-args", "--config=/nowhere.yaml");

            assertThat(rendered.status()).isEqualTo(1);
            assertThat(rendered.out()).isEmpty();
            assertThat(rendered.err()).contains("haldane: /nowhere.yaml does not exist", "plugin \"haldane\" exited");
            assertThat(Packaged.report(home)).contains("/nowhere.yaml does not exist", "exit code 2");
        }

        @Test
        void shows_it_in_a_log_file_too() throws IOException {
            var log = home.resolve("helm.log");
            var script = "exec \"$@\" 2>'" + log + "'";
            var command = List.of(
                    "sh",
                    "-c",
                    script,
                    "sh",
                    helm.toString(),
                    "template",
                    "shop",
                    SHOP,
                    "--post-renderer",
                    "haldane",
                    "--post-renderer-args",
                    "--sett=a=b");
            var rendered = Program.run(command, environment(helm, Map.of()), "");

            assertThat(rendered.status()).isEqualTo(1);
            assertThat(rendered.out()).isEmpty();
            assertThat(Files.readString(log))
                    .contains("haldane: unknown option '--sett' of `haldane post-render`", "Did you mean '--set'?");
        }

        @Test
        void takes_a_chart_that_renders_nothing() {
            var rendered = run(helm, Map.of(), "template", "nothing", NOTHING, "--post-renderer", "haldane");

            assertThat(rendered.status()).as(rendered.err()).isZero();
            assertThat(rendered.out()).doesNotContain("kind:");
        }

        private Program helm4(String... more) {
            return run(helm, Map.of(), words("template", "shop", SHOP, more));
        }
    }

    private Program run(Path helm, Map<String, String> more, String... words) {
        return Program.run(Packaged.words(helm, words), environment(helm, more), "");
    }

    private Map<String, String> environment(Path helm, Map<String, String> more) {
        var all = new HashMap<>(Packaged.environment(home));
        var own = home.resolve(helm.getFileName() + "-home");
        all.put("HELM_CACHE_HOME", own.resolve("cache").toString());
        all.put("HELM_CONFIG_HOME", own.resolve("config").toString());
        all.put("HELM_DATA_HOME", own.resolve("data").toString());
        all.put("HELM_PLUGINS", own.resolve("data/plugins").toString());
        all.putAll(more);
        return all;
    }

    private static String[] words(String first, String second, String third, String... more) {
        var all = new java.util.ArrayList<>(List.of(first, second, third));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /// The text of the document that has these words in it, without its marker.
    private static String document(String stream, String words) {
        return List.of(stream.split("(?m)^---\n")).stream()
                .filter(text -> text.contains(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no document with " + words + " in\n" + stream));
    }
}
