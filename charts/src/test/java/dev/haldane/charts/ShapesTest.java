package dev.haldane.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.chart.ChartChange;
import dev.haldane.postrender.chart.ChartInjector;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Json;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rules.RuleSet;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The chart door on many ways to write the same chart.
class ShapesTest {
    private static final RolloutDefaults DEFAULTS = RolloutDefaults.builtIn();

    @TempDir
    private Path temporary = Path.of("");

    static Stream<Shape> all() {
        return Shapes.all();
    }

    static Stream<Arguments> allByEachHelm() {
        List<Helm> helms = Helm.all();
        Assumptions.assumeFalse(helms.isEmpty(), "skipped: no helm (HALDANE_TOOLS, PATH)");
        return Shapes.all().flatMap(shape -> helms.stream().map(helm -> Arguments.of(shape, helm)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("allByEachHelm")
    void off_it_is_the_original_and_on_it_is_what_post_rendering_makes(Shape shape, Helm helm) {
        Path original = shape.in(temporary.resolve("original")).directory();
        Path injected = shape.in(temporary.resolve("injected")).directory();
        ChartChange change = ChartInjector.inject(injected, DEFAULTS);
        assertThat(change.edits()).as(change.report().text()).isNotEmpty();
        change.apply();

        assertThat(helm.template(injected, "canary.enabled=false")).isEqualTo(helm.template(original));
        for (var settings : List.of(
                List.<String>of(),
                List.of("replicaCount=3", "nameOverride=other"),
                List.of("nameOverride=" + "x".repeat(60)))) {
            var given = settings.toArray(String[]::new);
            assertThat(objects(helm.template(injected, given)))
                    .as(settings.toString())
                    .isEqualTo(objects(RuleSet.of(DEFAULTS)
                            .rewrite(
                                    helm.template(original, given), "helm", new Release(Helm.NAMESPACE, Helm.NAMESPACE))
                            .text()));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void it_is_injected_once_and_back_to_every_byte(Shape shape) {
        for (String lineBreak : List.of("\n", "\r\n")) {
            ChartFolder chart = shape.in(temporary.resolve("bytes" + lineBreak.length()));
            chart.eachFile(text -> text.replace("\n", lineBreak));
            var original = chart.bytes();
            ChartInjector.inject(chart.directory(), DEFAULTS).apply();
            assertThat(chart.bytes()).isNotEqualTo(original);

            assertThat(ChartInjector.inject(chart.directory(), DEFAULTS).edits())
                    .isEmpty();
            ChartInjector.uninject(chart.directory()).apply();
            assertThat(chart.bytes()).isEqualTo(original);
        }
    }

    /// All objects as JSON, a line each, sorted.
    private static String objects(String rendered) {
        return Document.split(rendered, "rendered").stream()
                .flatMap(document -> document.manifest().stream())
                .map(manifest -> manifest.label() + " " + Json.print(Sorted.of(manifest.root())))
                .sorted()
                .reduce("", (all, line) -> all + line + "\n");
    }
}
