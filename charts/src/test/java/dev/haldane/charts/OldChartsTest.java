package dev.haldane.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.chart.ChartChange;
import dev.haldane.postrender.chart.ChartInjector;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.upgrade.ModernObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The chart door on a chart of each era of the build packs, and on each form that a Canary in a chart has had.
class OldChartsTest {
    private static final RolloutDefaults DEFAULTS = RolloutDefaults.builtIn();

    @TempDir
    private Path temporary = Path.of("");

    static Stream<OldChart> all() {
        return OldCharts.all();
    }

    static Stream<Arguments> allByEachHelm() {
        List<Helm> helms = Helm.all();
        Assumptions.assumeFalse(helms.isEmpty(), "skipped: no helm (HALDANE_TOOLS, PATH)");
        return OldCharts.all().flatMap(chart -> helms.stream().map(helm -> Arguments.of(chart, helm)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("allByEachHelm")
    void off_it_renders_to_the_bytes_of_the_original(OldChart old, Helm helm) {
        // The first form has no switch but the namespace.
        String namespace = old.name().startsWith("F1:") ? "jx-staging" : Helm.NAMESPACE;
        String original =
                helm.templateIn(namespace, old.in(temporary.resolve("original")).directory(), old.off());
        Path chart = injected(old);

        assertThat(helm.templateIn(namespace, chart, old.off())).isEqualTo(original);
        if (Files.exists(chart.resolve("templates/hpa.yaml"))) {
            assertThat(helm.templateIn(namespace, chart, old.off(), "hpa.enabled=true"))
                    .isEqualTo(helm.templateIn(
                            namespace, old.in(temporary.resolve("again")).directory(), old.off(), "hpa.enabled=true"));
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("allByEachHelm")
    void on_the_canary_is_right_for_the_names_that_are_rendered(OldChart old, Helm helm) {
        Path chart = injected(old);

        var longName = "n".repeat(30);
        for (var settings : List.of(
                List.of(old.on()),
                List.of(old.on(), "nameOverride=polly"),
                List.of(old.on(), "nameOverride=" + longName))) {
            if (old.name().startsWith("F1:") && settings.size() > 1) {
                continue;
            }
            isRight(manifests(helm.template(chart, settings.toArray(String[]::new))));
        }
        if (Files.exists(chart.resolve("templates/hpa.yaml"))) {
            var manifests = manifests(helm.template(chart, old.on(), "hpa.enabled=true"));
            isRight(manifests);
            assertThat(only("Canary", manifests).text("spec", "autoscalerRef", "apiVersion"))
                    .contains("autoscaling/v2");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void it_is_injected_once_and_back_to_every_byte(OldChart old) {
        for (String lineBreak : List.of("\n", "\r\n")) {
            ChartFolder chart = old.in(temporary.resolve("bytes" + lineBreak.length()));
            chart.eachFile(text -> text.replace("\n", lineBreak));
            var original = chart.bytes();
            ChartInjector.inject(chart.directory(), DEFAULTS).apply();
            var once = chart.bytes();
            assertThat(once).isNotEqualTo(original);

            assertThat(ChartInjector.inject(chart.directory(), DEFAULTS).edits())
                    .isEmpty();
            ChartInjector.uninject(chart.directory()).apply();
            assertThat(chart.bytes()).isEqualTo(original);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void comments_and_keys_of_the_values_stay(OldChart old) throws IOException {
        Path chart = injected(old);

        String values = Files.readString(chart.resolve("values.yaml"));
        assertThat(values).startsWith("# what the pack says");
        old.files()
                .getOrDefault("values.yaml", "")
                .lines()
                .forEach(line -> assertThat(values.lines()).contains(line));
        assertThat(values.lines().filter(line -> line.startsWith("canary:"))).hasSizeLessThanOrEqualTo(1);
    }

    private Path injected(OldChart old) {
        Path chart = old.in(temporary.resolve("injected")).directory();
        ChartChange change = ChartInjector.inject(chart, DEFAULTS);
        assertThat(change.edits()).as(change.report().text()).isNotEmpty();
        change.apply();
        return chart;
    }

    private static void isRight(List<Manifest> manifests) {
        Manifest canary = only("Canary", manifests);
        Manifest deployment = only("Deployment", manifests);
        Manifest service = only("Service", manifests);
        assertThat(canary.apiVersion()).isEqualTo("flagger.app/v1beta1");
        assertThat(canary.text("spec", "targetRef", "name")).contains(deployment.name());
        assertThat(canary.text("spec", "service", "name")).contains(service.name());
        assertThat(canary.text("spec", "service", "port"))
                .isEqualTo(service.root().items("spec", "ports").getFirst().text("port"));
        assertThat(canary.at("spec", "canaryAnalysis")).isEmpty();
        var metrics = canary.root().items("spec", "analysis", "metrics");
        assertThat(metrics).extracting(metric -> metric.text("name").orElse("")).contains("request-success-rate");
        assertThat(metrics).allSatisfy(metric -> {
            assertThat(metric.at("threshold")).isEmpty();
            assertThat(metric.at("thresholdRange")).isPresent();
        });
        assertThat(deployment.apiVersion()).isEqualTo("apps/v1");
        assertThat(deployment.at("spec", "replicas")).isEmpty();
        var labels = deployment.strings("spec", "template", "metadata", "labels");
        var selector = deployment.strings("spec", "selector", "matchLabels");
        assertThat(labels).containsAllEntriesOf(selector);
        assertThat(selector).containsKey("app");
        assertThat(service.strings("spec", "selector")).containsEntry("app", selector.get("app") + "-primary");
        assertThat(manifests)
                .allSatisfy(manifest -> assertThat(ModernObject.isOld(manifest.apiVersion(), manifest.kind()))
                        .as(manifest.label())
                        .isFalse());
        templatesAreThere(metrics, manifests);
    }

    private static void templatesAreThere(List<Node> metrics, List<Manifest> manifests) {
        for (Node metric : metrics) {
            var name = metric.text("templateRef", "name");
            if (name.isPresent() && metric.at("templateRef", "namespace").isEmpty()) {
                assertThat(only("MetricTemplate", manifests).name())
                        .isEqualTo(name.get())
                        .endsWith("-latency");
            }
        }
    }

    private static Manifest only(String kind, List<Manifest> manifests) {
        var found = manifests.stream()
                .filter(manifest -> manifest.kind().equals(kind))
                .toList();
        assertThat(found).as(kind).hasSize(1);
        return found.getFirst();
    }

    private static List<Manifest> manifests(String rendered) {
        return Document.split(rendered, "rendered").stream()
                .flatMap(document -> document.manifest().stream())
                .toList();
    }
}
