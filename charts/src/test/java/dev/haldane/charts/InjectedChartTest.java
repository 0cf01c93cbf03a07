package dev.haldane.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.chart.ChartChange;
import dev.haldane.postrender.chart.ChartInjector;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Json;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rules.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The chart door on each chart there is: what changes when the switch is on, that nothing does when it is off,
/// and that there is a way back.
class InjectedChartTest {
    private static final RolloutDefaults DEFAULTS = RolloutDefaults.builtIn();

    /// Settings under which a chart must be right as well.
    private static final Map<String, List<List<String>>> VARIATIONS = Map.of(
            "croc-hunter",
            List.of(
                    List.of(),
                    List.of("service.name="),
                    List.of("nameOverride=croc"),
                    List.of("service.annotations.a=b", "podAnnotations.c=d", "replicaCount=5"),
                    List.of("replicaCount=0"),
                    List.of("nameOverride=" + "x".repeat(45)),
                    List.of("canary.service.hosts=[\"{app}.example.com\", \"other.example.com\"]"),
                    List.of(
                            "canary.service.hosts=[\"a.example\"]",
                            "canary.service.gateways=[\"istio-system/public\", \"mesh\"]")),
            "podinfo/charts/podinfo",
            List.of(
                    List.of(),
                    List.of("hpa.enabled=true"),
                    List.of("hpa.enabled=true", "fullnameOverride=shop", "service.annotations.a=b"),
                    List.of("service.enabled=false"),
                    List.of(
                            "service.grpcPort=null",
                            "canary.service.hosts=[\"a.example\"]",
                            "canary.service.gateways=[\"gw\"]"),
                    List.of(
                            "tls.enabled=true",
                            "canary.service.hosts=[\"a.example\"]",
                            "canary.service.gateways=[\"gw\", \"mesh\"]"),
                    List.of("redis.enabled=true", "namespaceOverride=elsewhere")),
            "jx-cli-release-v3/charts/jx-cli",
            List.of(
                    List.of(),
                    List.of("deployment.enabled=true"),
                    List.of("deployment.enabled=true", "service.enabled=true"),
                    List.of("deployment.enabled=true", "service.enabled=true", "service.serviceAnnotations.a=b")),
            "lighthouse/charts/lighthouse",
            List.of(
                    List.of(),
                    List.of(
                            "engines.jenkins=true",
                            "jenkinscontroller.jenkinsURL=http://x",
                            "jenkinscontroller.jenkinsUser=x",
                            "jenkinscontroller.jenkinsToken=x",
                            "webhooks.service.annotations.a=b")));

    static List<ChartFolder> charts() {
        return ChartFolder.all();
    }

    static Stream<Arguments> injectedByEachHelm() {
        List<Helm> helms = Helm.all();
        Assumptions.assumeFalse(helms.isEmpty(), "skipped: no helm (HALDANE_TOOLS, PATH)");
        return ChartFolder.all().stream()
                .filter(chart -> !ChartInjector.inject(chart.directory(), DEFAULTS)
                        .edits()
                        .isEmpty())
                .flatMap(chart -> helms.stream().map(helm -> Arguments.of(chart, helm)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("injectedByEachHelm")
    void off_renders_to_the_bytes_of_the_original(ChartFolder chart, Helm helm, @TempDir Path temporary) {
        ChartFolder copy = chart.copy(temporary);
        String before = helm.template(copy.directory());
        ChartInjector.inject(copy.directory(), DEFAULTS).apply();

        assertThat(helm.template(copy.directory(), "canary.enabled=false")).isEqualTo(before);
        assertThat(helm.template(copy.directory(), "canary.enable=false")).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("injectedByEachHelm")
    void on_renders_to_what_post_rendering_makes(ChartFolder chart, Helm helm, @TempDir Path temporary) {
        ChartFolder copy = chart.copy(temporary);
        var variations = VARIATIONS.getOrDefault(chart.toString(), List.of(List.of()));
        List<String> wanted = variations.stream()
                .map(settings -> postRendered(helm, copy, settings))
                .toList();
        ChartInjector.inject(copy.directory(), DEFAULTS).apply();

        for (int i = 0; i < variations.size(); i++) {
            String rendered = helm.template(copy.directory(), variations.get(i).toArray(String[]::new));
            assertThat(objects(rendered)).as(variations.get(i).toString()).isEqualTo(wanted.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("charts")
    void injecting_twice_is_injecting_once(ChartFolder chart, @TempDir Path temporary) {
        ChartFolder copy = chart.copy(temporary);
        ChartInjector.inject(copy.directory(), DEFAULTS).apply();
        var once = copy.bytes();

        ChartChange again = ChartInjector.inject(copy.directory(), DEFAULTS);

        assertThat(again.edits()).isEmpty();
        again.apply();
        assertThat(copy.bytes()).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("charts")
    void uninject_restores_every_byte(ChartFolder chart, @TempDir Path temporary) {
        ChartFolder copy = chart.copy(temporary);
        var original = copy.bytes();
        ChartInjector.inject(copy.directory(), DEFAULTS).apply();

        ChartInjector.uninject(copy.directory()).apply();

        assertThat(copy.bytes()).isEqualTo(original);
    }

    @ParameterizedTest
    @MethodSource("charts")
    void a_release_of_the_pack_in_between_does_no_harm(ChartFolder chart, @TempDir Path temporary) throws IOException {
        ChartFolder copy = chart.copy(temporary);
        tag(copy);
        var original = copy.bytes();
        ChartInjector.inject(copy.directory(), DEFAULTS).apply();
        var injected = copy.bytes();
        tag(copy);
        assertThat(copy.bytes()).isEqualTo(injected);

        ChartInjector.uninject(copy.directory()).apply();

        assertThat(copy.bytes()).isEqualTo(original);
    }

    @ParameterizedTest
    @MethodSource("charts")
    void a_chart_that_is_left_alone_says_why(ChartFolder chart) {
        ChartChange change = ChartInjector.inject(chart.directory(), DEFAULTS);

        assertThat(change.edits().isEmpty()).isEqualTo(change.report().changedNothing());
        assertThat(change.report().outcomes()).isNotEmpty();
        assertThat(change.report().text()).doesNotContain("{{");
    }

    /// What the pack's Makefile does at each release: its expressions are not anchored.
    private static void tag(ChartFolder chart) throws IOException {
        Path description = chart.directory().resolve("Chart.yaml");
        Files.writeString(description, Files.readString(description).replaceAll("version:.*", "version: 9.9.9"));
        Path values = chart.directory().resolve("values.yaml");
        if (Files.exists(values)) {
            Files.writeString(
                    values,
                    Files.readString(values)
                            .replaceAll("repository:.*", "repository: registry.example/acme/app")
                            .replaceAll("tag:.*", "tag: 9.9.9"));
        }
    }

    /// The original's render after the rules, with hosts and gateways of the settings in the configuration instead.
    private static String postRendered(Helm helm, ChartFolder chart, List<String> settings) {
        var chartSettings = settings.stream()
                .filter(setting -> !setting.startsWith("canary."))
                .toArray(String[]::new);
        var defaults = new RolloutDefaults(
                DEFAULTS.rules(),
                DEFAULTS.provider(),
                DEFAULTS.namespaces(),
                list(settings, "canary.service.hosts="),
                list(settings, "canary.service.gateways="),
                DEFAULTS.progressDeadlineSeconds(),
                DEFAULTS.analysis(),
                DEFAULTS.git(),
                DEFAULTS.publicUrls(),
                DEFAULTS.routing());
        String rendered = helm.template(chart.directory(), chartSettings);
        var release = new Release(Helm.NAMESPACE, Helm.NAMESPACE);
        return objects(RuleSet.of(defaults).rewrite(rendered, "helm", release).text());
    }

    private static List<String> list(List<String> settings, String key) {
        return settings.stream()
                .filter(setting -> setting.startsWith(key))
                .map(setting -> Json.parse(setting.substring(key.length())))
                .flatMap(list -> list.items().stream())
                .flatMap(item -> item.text().stream())
                .toList();
    }

    /// All objects as JSON, a line each, sorted.
    private static String objects(String rendered) {
        return Document.split(rendered, "rendered").stream()
                .flatMap(document -> document.manifest().stream())
                .map(InjectedChartTest::line)
                .sorted()
                .reduce("", (all, line) -> all + line + "\n");
    }

    private static String line(Manifest manifest) {
        return manifest.label() + " " + Json.print(Sorted.of(manifest.root()));
    }
}
