package dev.haldane.postrender.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.haldane.postrender.chart.ChartEdit.AddFile;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.rule.Outcome;
import dev.haldane.postrender.rule.Outcome.Skipped;
import dev.haldane.postrender.rule.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChartInjectorTest {
    private static final Path CORPUS =
            Path.of("../../shared/corpus").toAbsolutePath().normalize();

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: {{ .Release.Name }}-shop
            spec:
              replicas: {{ .Values.replicas }}
              selector:
                matchLabels:
                  app: shop
              template:
                metadata:
                  labels:
                    app: shop
                spec:
                  containers:
                  - name: shop
                    image: shop
            """;

    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata:
              name: shop
            spec:
              ports:
              - name: http
                port: 80
                targetPort: 8080
              selector:
                app: shop
            """;

    @TempDir
    private Path chart = Path.of("");

    @Test
    void a_plain_chart_gets_a_canary() throws IOException {
        shop();

        ChartChange change = inject();

        assertThat(change.edits())
                .extracting(edit -> chart.relativize(edit.path()).toString())
                .containsExactlyInAnyOrder(
                        "templates/canary.yaml", "templates/deployment.yaml", "templates/service.yaml", "values.yaml");
        assertThat(change.report().isClean()).isTrue();
        assertThat(files()).doesNotContain("templates/canary.yaml");
    }

    @Test
    void the_words_that_a_release_rewrites_do_not_occur_in_what_is_put_into_values() throws IOException {
        shop();
        inject().apply();

        assertThat(Files.readString(chart.resolve("values.yaml"))).doesNotContain("tag:", "repository:", "version:");
    }

    @Test
    void rules_that_are_off_leave_their_part_alone() throws IOException {
        shop();
        var rules = Map.of("inject-virtualservice", false, "own-fields", false);
        var builtIn = RolloutDefaults.builtIn();
        var defaults = new RolloutDefaults(
                rules,
                builtIn.provider(),
                List.of(),
                List.of("{app}.example.com"),
                List.of("public"),
                30,
                builtIn.analysis(),
                List.of(),
                Map.of(),
                builtIn.routing());

        ChartChange change = ChartInjector.inject(chart, defaults);

        assertThat(change.edits()).hasSize(2);
        assertThat(canary(change)).doesNotContain("VirtualService").contains("$canary.progressDeadlineSeconds");
        change.apply();
        assertThat(Files.readString(chart.resolve("values.yaml")))
                .contains("    - \"{app}.example.com\"", "  progressDeadlineSeconds: 30");
    }

    @Test
    void a_chart_for_shipper_is_told_the_way_and_left_alone() throws IOException {
        shop();
        var defaults = RolloutDefaults.builtIn().withRules(Map.of("shipper", true));

        ChartChange change = ChartInjector.inject(chart, defaults);

        assertThat(change.edits()).isEmpty();
        assertThat(change.report().text()).contains("shipper: Shipper installs a chart as it was packaged");
    }

    @Test
    void with_the_canary_rule_off_there_is_nothing_to_do() throws IOException {
        shop();
        var defaults = RolloutDefaults.builtIn().withRules(Map.of("inject-canary", false));

        assertThat(ChartInjector.inject(chart, defaults).edits()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "deployment.yaml | kind: Deployment | kind: StatefulSet | NO_DEPLOYMENT | Chart",
                "deployment.yaml | apps/v1 | extensions/v1beta1 | OLD_API | templates/deployment.yaml",
                "deployment.yaml | metadata: | metadata:⏎  annotations:⏎    haldane.dev/inject: \"false\" | OPTED_OUT | it says",
                "deployment.yaml | apiVersion | {{- range .Values.list }}⏎apiVersion | NOT_EDITABLE | it is not rendered",
                "service.yaml | app: shop | app: other | NO_SERVICE | templates/deployment.yaml",
                "service.yaml | name: http | name: redis | NO_HTTP_PORT | templates/deployment.yaml",
                "service.yaml | metadata: | metadata: {labels: {a: b}}⏎x: | NOT_EDITABLE | ",
            })
    void a_chart_that_cannot_have_one_is_left_with_its_reason(
            String file, String from, String to, String reason, String said) throws IOException {
        shop();
        Path path = chart.resolve("templates").resolve(file);
        String end = to.contains("range") ? "\n{{- end }}\n" : "";
        Files.writeString(path, Files.readString(path).replaceFirst(from, to.replace("⏎", "\n")) + end);

        ChartChange change = inject();

        assertThat(change.edits()).isEmpty();
        assertThat(reasons(change)).contains(Reason.valueOf(reason));
        assertThat(change.report().text()).contains(said == null ? "" : said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Chart.yaml | name: shop⏎type: library⏎ | LIBRARY_CHART",
                ".helmignore | canary.yaml⏎ | NOT_EDITABLE",
                "values.schema.json | {\"additionalProperties\": false, \"properties\": {}} | NOT_EDITABLE",
                "templates/canary.yaml | kind: ConfigMap⏎ | NOT_EDITABLE",
                "templates/flagger.yaml | apiVersion: flagger.app/v1alpha3⏎kind: Canary⏎ | HAS_CANARY",
                "values.yaml | canary: true⏎ | NOT_EDITABLE",
            })
    void a_file_that_is_in_the_way_is_named(String file, String text, String reason) throws IOException {
        shop();
        Files.writeString(chart.resolve(file), text.replace("⏎", "\n"));

        ChartChange change = inject();

        assertThat(change.edits()).isEmpty();
        assertThat(reasons(change)).containsExactly(Reason.valueOf(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "templates/ingress.yaml | a: 1⏎{{- end }}⏎ | templates/ingress.yaml:2: {{ end }} belongs to no {{ if }}",
                "templates/ingress.yaml | {{- if .Values.ingress.enabled }}{{ end }} | "
                        + "templates/ingress.yaml:1: asks for .Values.ingress.enabled, but values.yaml has no map ingress",
                "values.yaml | replicas: 1⏎  a: b⏎ | values.yaml:2",
            })
    void a_broken_chart_is_not_mended(String file, String text, String problem) throws IOException {
        shop();
        Files.writeString(chart.resolve(file), text.replace("⏎", "\n"));

        ChartChange change = inject();

        assertThat(change.edits()).isEmpty();
        assertThat(change.report().outcomes()).singleElement().isInstanceOf(Outcome.Broken.class);
        assertThat(change.report().text()).contains(problem);
    }

    @Test
    void what_is_no_chart_is_an_error_that_says_what_would_be() {
        assertThatThrownBy(this::inject).isInstanceOfSatisfying(UserError.class, e -> {
            assertThat(e.problem()).endsWith("no chart, it has no Chart.yaml");
            assertThat(e.remedy()).isEqualTo("name the directory that Chart.yaml is in");
        });
    }

    @Test
    void a_template_that_is_not_utf_8_is_an_error_with_its_line() throws IOException {
        shop();
        Files.write(chart.resolve("templates/x.yaml"), "a: 1\nb: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(this::inject).isInstanceOf(UserError.class).hasMessageContaining("x.yaml:2: not UTF-8");
    }

    @Test
    void what_somebody_edits_in_between_stays() throws IOException {
        shop();
        inject().apply();
        Path service = chart.resolve("templates/service.yaml");
        Files.writeString(service, Files.readString(service).replace("port: 80\n", "port: 8000\n"));
        Path values = chart.resolve("values.yaml");
        Files.writeString(values, Files.readString(values) + "mine: 1\n");

        ChartInjector.uninject(chart).apply();

        assertThat(service).hasContent(SERVICE.replace("port: 80\n", "port: 8000\n"));
        assertThat(values).hasContent("replicas: 1\nmine: 1\n");
        assertThat(ChartInjector.uninject(chart).edits()).isEmpty();
    }

    static Stream<Path> corpusCharts() throws IOException {
        if (!Files.isDirectory(CORPUS)) {
            return Stream.of(Path.of("absent"));
        }
        try (Stream<Path> files = Files.walk(CORPUS)) {
            return files.filter(file -> file.endsWith("Chart.yaml")).map(Path::getParent).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("corpusCharts")
    void each_real_chart_is_edited_reversibly_or_left_with_a_reason(Path real) throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(real), "skipped: no corpus, ../shared/corpus is missing");

        ChartChange change = ChartInjector.inject(real, RolloutDefaults.builtIn());

        assertThat(change.report().outcomes()).isNotEmpty();
        for (ChartEdit edit : change.edits()) {
            if (edit instanceof ChartEdit.EditFile(var path, var before, var after)) {
                boolean values = path.endsWith("values.yaml");
                assertThat(values ? ValuesBlock.without(after).orElse("") : Mark.without(after))
                        .isEqualTo(before);
            } else {
                assertThat(edit).isInstanceOf(AddFile.class);
            }
        }
    }

    private void shop() throws IOException {
        Files.createDirectory(chart.resolve("templates"));
        Files.writeString(chart.resolve("Chart.yaml"), "name: shop\nversion: 1.0.0\n");
        Files.writeString(chart.resolve("values.yaml"), "replicas: 1\n");
        Files.writeString(chart.resolve("templates/deployment.yaml"), DEPLOYMENT);
        Files.writeString(chart.resolve("templates/service.yaml"), SERVICE);
    }

    private ChartChange inject() {
        return ChartInjector.inject(chart, RolloutDefaults.builtIn());
    }

    private static String canary(ChartChange change) {
        return change.edits().stream()
                .filter(AddFile.class::isInstance)
                .map(edit -> ((AddFile) edit).text())
                .findFirst()
                .orElseThrow();
    }

    private static List<Reason> reasons(ChartChange change) {
        return change.report().outcomes().stream()
                .filter(Skipped.class::isInstance)
                .map(outcome -> ((Skipped) outcome).reason())
                .toList();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(chart)) {
            return files.map(file -> chart.relativize(file).toString()).toList();
        }
    }
}
