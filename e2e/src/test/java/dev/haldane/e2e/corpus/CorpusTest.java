package dev.haldane.e2e.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.e2e.Program;
import dev.haldane.e2e.helm.Packaged;
import dev.haldane.e2e.helm.RealHelm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each chart and each file of the corpus through the program as a user has it, and what came of it as a table:
/// `e2e/corpus [FOLDER]` prints that alone.
class CorpusTest {

    private static final String RELEASE = "jx-production";

    /// Whichever of the two words is the chart's.
    private static final String OFF = "canary.enabled=false,canary.enable=false";

    /// Those that only add, and can be taken back.
    private static final List<String> INJECTING =
            List.of("--set", "rules={drop-release: false, upgrade-canary: false, modernise: false}");

    private static final List<String> ROWS = new ArrayList<>();

    @TempDir
    Path folder;

    static List<Input> charts() {
        return Corpus.find().charts();
    }

    static List<Input> files() {
        return Corpus.find().files();
    }

    static List<Input> folders() {
        return Corpus.find().folders();
    }

    @AfterAll
    @SuppressWarnings("SystemOut")
    static void print() {
        System.out.println("CORPUS input | kind | documents | what was done | ok");
        ROWS.stream().sorted().forEach(row -> System.out.println("CORPUS " + row));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("charts")
    void chart(Input original) {
        var chart = original.copied(folder.resolve("chart"));
        Dependencies.supply(chart);
        try (var helm = RealHelm.three(folder, Map.of())) {
            var plain = template(helm, chart);
            if (plain.status() != 0) {
                leftAlone(chart);
                row(original, "chart", "-", "does not render: " + lastLine(plain.err()));
                return;
            }
            var rendered =
                    template(helm, chart, "--post-renderer", helm.renderer()).orThrow();
            var done = compare(plain.out(), rendered);
            throughTheSource(helm, chart, plain.out());
            row(
                    original,
                    "chart",
                    Manifests.of(plain.out()).documents() + " → "
                            + Manifests.of(rendered).documents(),
                    done);
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("files")
    void file(Input file) {
        var text = file.text();
        var rendered = haldane(text, List.of("post-render", "--report", "none"));
        assertThat(rendered.status()).as(rendered.err()).isIn(0, 3);
        if (rendered.status() == 3) {
            assertThat(rendered.out()).isEmpty();
            row(file, "file", "-", "not readable: " + lastLine(rendered.err()));
            return;
        }
        var done = compare(text, rendered.out());
        row(
                file,
                "file",
                Manifests.of(text).documents() + " → "
                        + Manifests.of(rendered.out()).documents(),
                done);
    }

    /// One object a file, as Jenkins X 3 keeps them.
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("folders")
    void folder(Input original) {
        var copy = original.copied(folder.resolve("folder"));
        var bytes = copy.bytes();
        var words = with(INJECTING, "inject", copy.path().toString());
        var first = haldane("", words);
        if (first.status() == 3) {
            assertThat(copy.bytes()).isEqualTo(bytes);
            row(original, "folder", "-", "not readable: " + lastLine(first.err()));
            return;
        }
        first.orThrow();
        var injected = copy.bytes();
        assertThat(haldane("", words).orThrow()).isEmpty();
        assertThat(copy.bytes()).as("a second time").isEqualTo(injected);
        haldane("", List.of("uninject", copy.path().toString())).orThrow();
        assertThat(copy.bytes()).as("taken out again").isEqualTo(bytes);
        var before = Manifests.of(String.join("---\n", bytes.values()));
        var after = Manifests.of(String.join("---\n", injected.values()));
        row(original, "folder", before.documents() + " → " + after.documents(), before.changesTo(after));
    }

    /// The laws that hold for any stream: what no rule means to change keeps its bytes, a second time changes nothing,
    /// and what was injected can be taken out again.
    private String compare(String plain, String rendered) {
        var before = Manifests.of(plain);
        var after = Manifests.of(rendered);
        assertThat(before.reformatted(after))
                .as("the same object in another text")
                .isEmpty();
        assertThat(haldane(rendered, List.of("post-render", "--report", "none")).orThrow())
                .as("a second time")
                .isEqualTo(rendered);
        var injected = haldane(plain, with(INJECTING, "post-render", "--report", "none"))
                .orThrow();
        assertThat(haldane(injected, List.of("uninject", "--report", "none", "-"))
                        .orThrow())
                .as("taken out again")
                .isEqualTo(plain);
        var changes = before.changesTo(after);
        return changes.isEmpty() ? "nothing: " + reasons(plain) : changes;
    }

    /// The chart door: with the switch off the chart renders as before, and there is a way back.
    private void throughTheSource(RealHelm helm, Input chart, String plain) {
        var bytes = chart.bytes();
        var injected = haldane("", List.of("inject", chart.path().toString()));
        assertThat(injected.status()).as(injected.err()).isZero();
        if (!chart.bytes().equals(bytes)) {
            assertThat(template(helm, chart, "--set", OFF).orThrow()).isEqualTo(switchedOff(helm, chart));
        }
        haldane("", List.of("uninject", chart.path().toString())).orThrow();
        assertThat(chart.bytes()).isEqualTo(bytes);
        assertThat(template(helm, chart).orThrow()).isEqualTo(plain);
    }

    /// The original with the same values, in case it has a switch of that name itself.
    private String switchedOff(RealHelm helm, Input chart) {
        var original = chart.copied(folder.resolve("off"));
        haldane("", List.of("uninject", original.path().toString())).orThrow();
        return template(helm, original, "--set", OFF).orThrow();
    }

    private void leftAlone(Input chart) {
        var bytes = chart.bytes();
        var refused = haldane("", List.of("inject", chart.path().toString()));
        assertThat(chart.bytes()).as(refused.err()).isEqualTo(bytes);
        assertThat(refused.err()).isNotBlank().doesNotContain("\tat ");
    }

    private static Program template(RealHelm helm, Input chart, String... more) {
        return helm.run(Stream.concat(
                        Stream.of(
                                "template",
                                RELEASE,
                                chart.path().toString(),
                                "--namespace",
                                RELEASE,
                                "--kube-version",
                                "v1.33.0",
                                "--skip-tests"),
                        Stream.of(more))
                .toList());
    }

    /// Why nothing was done, in the program's own words.
    private String reasons(String plain) {
        var report = haldane(plain, List.of("post-render", "--color", "never")).err();
        return String.join(
                "; ", report.lines().map(line -> line.replaceAll(" +", " ")).toList());
    }

    private Program haldane(String input, List<String> words) {
        var command = new ArrayList<>(List.of(Packaged.launcher().toString()));
        command.addAll(words);
        return Program.run(command, Packaged.environment(folder), input);
    }

    private static List<String> with(List<String> last, String... first) {
        return Stream.concat(Stream.of(first), last.stream()).toList();
    }

    private static void row(Input input, String kind, String documents, String done) {
        ROWS.add(String.join(" | ", input.name(), kind, documents, done, "ok"));
    }

    private static String lastLine(String text) {
        return text.strip().lines().reduce("", (first, last) -> last);
    }
}
