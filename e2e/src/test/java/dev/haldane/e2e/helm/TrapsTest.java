package dev.haldane.e2e.helm;

import static dev.haldane.e2e.RealParts.checkout;
import static dev.haldane.e2e.RealParts.programOrSkip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.e2e.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What real Helm does with a post-renderer that nobody would guess, and what ours answers to it.
///
/// | trap | answer | test |
/// |---|---|---|
/// | Helm 4 never shows a renderer's stderr | written to Helm's own, else given as an answer that Helm prints |
/// `HelmTest.Helm4.shows_why_…`, `shows_it_in_a_log_file_too` |
/// | Helm 3 shows it on failure only | `haldane report` has the last run | `HelmTest.Helm3.hides_the_report_…` |
/// | an empty answer deletes a release (Helm 3) | never empty unless nothing came in | `an_answer_is_never_empty…` |
/// | an empty answer is an error (Helm 4) | a comment instead | `HelmTest.Helm4.takes_a_chart_that_renders_nothing` |
/// | neither tells the release's name | `--release`, `--namespace`, else labels | `the_release_is_what_arguments_say` |
/// | the flag is not remembered | documented; the server hands back | `a_forgotten_flag_…`, `rollout.ReapplyTest` |
/// | Helm 4 sends hooks, too | left alone, whatever they are | `hooks_in_the_stream_of_helm_4_are_untouched` |
/// | Helm 4 files documents by an annotation | kept, and copied to what is derived |
/// `HelmTest.Helm4.files_what_was_added_…` |
/// | `template --output-dir` bypasses Helm 3's | documented; `inject DIR` on the result |
/// `what_helm_3_has_written_to_a_directory_…` |
/// | helmfile takes a name or a path | the same name works with both Helms | `helmfile_renders_through_it` |
class TrapsTest {

    private static final String SHOP =
            checkout("e2e/src/test/resources/helm/shop").toString();

    @TempDir
    Path home;

    /// JUnit warns of links out of its folder.
    @AfterEach
    void removeLinks() throws IOException {
        Files.deleteIfExists(home.resolve("data/plugins/helm-plugin"));
        Files.deleteIfExists(home.resolve("bin/haldane"));
    }

    @Test
    void an_answer_is_never_empty_although_every_object_was_dropped() throws IOException {
        var helm = programOrSkip("helm3");
        var chart = chart(
                "notes", Map.of("release.yaml", "apiVersion: jenkins.io/v1\nkind: Release\nmetadata: {name: x}\n"));

        var rendered = helm(helm, "template", "x", chart, "--post-renderer", launcher());

        assertThat(rendered.status()).as(rendered.err()).isZero();
        assertThat(rendered.out()).contains("# haldane: every document of this stream was dropped");
    }

    /// Helm itself reads what a chart renders, so that little is left that only a renderer refuses.
    @Test
    void what_a_renderer_cannot_read_ends_helm_and_leaves_nothing() throws IOException {
        var helm = programOrSkip("helm3");
        var deep = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: x}
                x: {{ repeat 600 "[" }}{{ repeat 600 "]" }}
                """;
        var chart = chart("deep", Map.of("a.yaml", deep));

        var rendered = helm(helm, "template", "x", chart, "--post-renderer", launcher());

        assertThat(rendered.status()).isEqualTo(1);
        assertThat(rendered.out()).isEmpty();
        assertThat(rendered.err())
                .contains("haldane: <stdin>:", "exit status 3")
                .doesNotContain("\tat ");
    }

    /// Only with the release's name can a label that has it in it be told from one that has not.
    @ParameterizedTest
    @CsvSource({"helm3", "helm4"})
    void the_release_is_what_arguments_say(String name) {
        var helm = programOrSkip(name);
        var rendered = rendered(
                helm,
                "template",
                "shop",
                SHOP,
                "--post-renderer-args=--release=jx-production",
                "--post-renderer-args=--namespace=jx-production",
                "--post-renderer-args=--report-file=" + home.resolve("report.txt"));

        assertThat(rendered.status()).as(rendered.err()).isZero();
        assertThat(rendered.out()).contains("kind: Canary");
        assertThat(home.resolve("report.txt")).content().contains("added", "Canary/shop", "exit code 0");
    }

    @ParameterizedTest
    @CsvSource({"helm3", "helm4"})
    void a_forgotten_flag_takes_the_canary_away_and_help_says_so(String name) {
        var helm = programOrSkip(name);

        assertThat(rendered(helm, "template", "shop", SHOP).out()).contains("kind: Canary");
        assertThat(helm(helm, "template", "shop", SHOP).out()).doesNotContain("kind: Canary");
        assertThat(Packaged.run(home, "", "help", "post-render").out())
                .contains("an upgrade without --post-renderer takes the Canary away", "--output-dir", "--release");
    }

    /// A hook that would qualify, were it not one.
    @Test
    void hooks_in_the_stream_of_helm_4_are_untouched() throws IOException {
        var helm = programOrSkip("helm4");
        var hook = """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: migration
                  annotations: {"helm.sh/hook": pre-upgrade}
                spec:
                  replicas: 3
                  selector: {matchLabels: {app: migration}}
                  template: {metadata: {labels: {app: migration}}, spec: {containers: [{name: a, image: b}]}}
                """;
        var service = """
                apiVersion: v1
                kind: Service
                metadata: {name: migration}
                spec: {selector: {app: migration}, ports: [{port: 80, name: http}]}
                """;
        var chart = chart("hooked", Map.of("hook.yaml", hook, "service.yaml", service));

        var rendered = rendered(helm, "template", "x", chart);

        assertThat(rendered.status()).as(rendered.err()).isZero();
        assertThat(rendered.out())
                .contains("helm.sh/hook\": pre-upgrade", "replicas: 3")
                .doesNotContain("kind: Canary", "generated-by-postrender");
    }

    /// The path of a boot job of Jenkins X 3: manifests lie in `config-root/namespaces/NAMESPACE/APP`, a file an
    /// object.
    @Test
    void what_helm_3_has_written_to_a_directory_inject_edits_in_place() throws IOException {
        var helm = programOrSkip("helm3");
        var root = home.resolve("config-root/namespaces/jx-production");
        Files.createDirectories(root);
        var bypassed =
                helm(helm, "template", "shop", SHOP, "--output-dir", root.toString(), "--post-renderer", launcher());
        assertThat(bypassed.status()).as(bypassed.err()).isZero();
        var files = root.resolve("shop/templates");
        assertThat(files.resolve("deployment.yaml")).content().doesNotContain("haldane.dev/");
        var config = Files.readString(files.resolve("config.yaml"));

        var injected =
                Packaged.run(home, "", "inject", home.resolve("config-root").toString());

        assertThat(injected.status()).as(injected.err()).isZero();
        assertThat(injected.err()).contains("2 files written");
        assertThat(files.resolve("deployment.yaml"))
                .content()
                .as("what is derived stands in the file of what it is derived from")
                .contains("kind: Canary", "kind: VirtualService", "haldane.dev/replicas");
        assertThat(files.resolve("service.yaml")).content().contains("app: shop-primary");
        assertThat(files.resolve("config.yaml")).content().isEqualTo(config);
        assertThat(Packaged.run(home, "", "inject", home.resolve("config-root").toString())
                        .err())
                .contains("0 files written");
    }

    @ParameterizedTest
    @CsvSource({"helm3", "helm4"})
    void helmfile_renders_through_it(String name) throws IOException {
        var helm = programOrSkip(name);
        var helmfile = programOrSkip("helmfile");
        Files.createDirectories(home.resolve("bin"));
        Files.createSymbolicLink(home.resolve("bin/haldane"), Path.of(launcher()));
        var state = Files.writeString(home.resolve("helmfile.yaml"), """
                releases:
                  - name: shop
                    namespace: team
                    chart: %s
                    postRenderer: haldane
                    postRendererArgs: ["--release={{ .Release.Name }}", "--namespace={{ .Release.Namespace }}"]
                """.formatted(SHOP));
        if (name.equals("helm4")) {
            installPlugin(helm);
        }

        var rendered = Program.run(
                Packaged.words(
                        helmfile, "--helm-binary", helm.toString(), "--skip-deps", "-f", state.toString(), "template"),
                environment(),
                "");

        assertThat(rendered.status()).as(rendered.err()).isZero();
        assertThat(rendered.out()).contains("kind: Canary", "kind: VirtualService", "app: shop-primary");
    }

    private Program rendered(Path helm, String... words) {
        boolean four = helm.getFileName().toString().equals("helm4");
        if (four) {
            installPlugin(helm);
        }
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--post-renderer", four ? "haldane" : launcher()));
        return helm(helm, all.toArray(String[]::new));
    }

    private void installPlugin(Path helm) {
        launcher();
        if (!Files.exists(home.resolve("data/plugins/helm-plugin"))) {
            helm(
                            helm,
                            "plugin",
                            "install",
                            checkout("postrenderer/src/helm-plugin").toString())
                    .orThrow();
        }
    }

    private Program helm(Path helm, String... words) {
        return Program.run(Packaged.words(helm, words), environment(), "");
    }

    private Map<String, String> environment() {
        var all = new HashMap<>(Packaged.environment(home));
        all.put("HELM_CACHE_HOME", home.resolve("cache").toString());
        all.put("HELM_CONFIG_HOME", home.resolve("config").toString());
        all.put("HELM_DATA_HOME", home.resolve("data").toString());
        all.put("HELM_PLUGINS", home.resolve("data/plugins").toString());
        all.put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
        return all;
    }

    private static String launcher() {
        return Packaged.launcher().toString();
    }

    private String chart(String name, Map<String, String> templates) throws IOException {
        var chart = home.resolve(name);
        Files.createDirectories(chart.resolve("templates"));
        Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: " + name + "\nversion: 1.0.0\n");
        for (var template : templates.entrySet()) {
            Files.writeString(chart.resolve("templates").resolve(template.getKey()), template.getValue());
        }
        return chart.toString();
    }
}
