package dev.haldane.postrender.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Input that is too large, too deep or no YAML at all: an answer, or one clear error with file and line, and then
/// nothing on stdout and no stack trace.
class LimitsTest {

    /// Parsed and not only glanced at, as rules look at Deployments.
    private static final String HEAD = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\n";

    @TempDir
    Path directory;

    static Stream<Arguments> unreadable() {
        return Stream.of(
                no("flow 5,000 deep", HEAD + "x: " + "[".repeat(5000) + "]".repeat(5000), 1, "deeper than 512 levels"),
                no(
                        "maps 5,000 deep",
                        HEAD + "x: " + "{a: ".repeat(5000) + "1" + "}".repeat(5000),
                        1,
                        "deeper than 512"),
                no("block 5,000 deep", HEAD + "x:\n" + "- ".repeat(5000) + "1", 1, "deeper than 512 levels"),
                no(
                        "json 5,000 deep",
                        "{\"kind\":\"Deployment\",\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}",
                        1,
                        "512"),
                no("100,000 open brackets", HEAD + "x: " + "[".repeat(100_000), 1, "deeper than 512 levels"),
                no("a billion laughs", HEAD + laughs(), 9, "more than 2000000 values"),
                no("an alias of itself", HEAD + "a: &a [*a]\n", 4, "inside of what it refers to"),
                no("a map merged into itself", HEAD + "a: &a\n  <<: *a\n", 4, "inside of what it refers to"),
                no("an alias of nothing", HEAD + "a: *b\n", 4, "undefined alias b"),
                no("NUL", HEAD + "x: a\0b\n", 4, "the control character U+0000"),
                no("an escape sequence", HEAD + "x: \u001B[31m\n", 4, "the control character U+001B"),
                no("a key of a megabyte", HEAD + "k".repeat(1_000_000) + ": v\n", 4, "could not find expected ':'"),
                no("an unclosed quote", HEAD + "x: \"abc\ny: z\n", 6, "while scanning a quoted scalar in line 4"),
                no("an unclosed bracket", HEAD + "x: [a\ny: z\n", 5, "while parsing a flow sequence in line 4"),
                no("a tab for an indent", HEAD + "spec:\n\treplicas: 1\n", 5, "Do not use \\t(TAB) for indentation"),
                no("a version that there is not", "%YAML 2.0\n---\n" + HEAD, 1, "%YAML 2.0 is neither 1.1 nor 1.2"),
                no("an undefined tag handle", HEAD + "x: !e!foo bar\n", 4, "undefined tag handle !e!"),
                no("a template", HEAD + "x: {{ .Values.x }}\n", 4, "is this a template that nobody rendered?"),
                no("a list for a key", HEAD + "? [a, b]\n: c\n", 4, "a key must be a word"),
                no("two documents in one", HEAD + "---\n\uFEFF---\n" + HEAD, 5, "a single document"));
    }

    private static Arguments no(String name, String text, int line, String problem) {
        return Arguments.of(name, text.getBytes(StandardCharsets.UTF_8), line, problem);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void what_cannot_be_read_is_named_by_its_line(String name, byte[] input, int line, String problem) {
        refused(input, line, problem);
    }

    @Test
    void what_is_not_utf8_is_named_by_line_and_byte() {
        refused((HEAD + "x: \u00E9").getBytes(StandardCharsets.ISO_8859_1), 4, "not UTF-8, at byte 60");
        refused(("\uFEFF" + HEAD).getBytes(StandardCharsets.UTF_16BE), 1, "not UTF-8 but UTF-16, at byte 0");
        refused(("\uFEFF" + HEAD).getBytes(StandardCharsets.UTF_16LE), 1, "not UTF-8 but UTF-16, at byte 0");
    }

    private void refused(byte[] input, int line, String problem) {
        Call call = Call.in(directory).reading(input).of("post-render");

        assertThat(call.exitCode()).as(call.err()).isEqualTo(3);
        assertThat(call.out()).isEmpty();
        assertThat(call.err())
                .startsWith("haldane: <stdin>:" + line + ": ")
                .contains(problem)
                .doesNotContain("\tat ", "Exception");
        assertThat(call.err().length()).isLessThan(400);
    }

    static Stream<Arguments> readable() {
        return Stream.of(
                yes("nothing", ""),
                yes("blank lines", " \n\n"),
                yes("comments only", "# a\n# b"),
                yes("markers only", "---\n---\n"),
                yes("a byte order mark", "\uFEFF" + HEAD),
                yes("a byte order mark alone", "\uFEFF"),
                yes("a byte order mark behind a marker", HEAD + "---\n\uFEFF" + HEAD),
                yes("Windows line ends", HEAD.replace("\n", "\r\n")),
                yes("line ends of old Macs", HEAD.replace("\n", "\r")),
                yes("a directive of YAML 1.1", "%YAML 1.1\n---\n" + HEAD),
                yes("a marker inside a block scalar", HEAD + "x: |\n  ---\n  a\n  --- b\ny: 1\n"),
                yes("tabs behind colons", HEAD.replace(": ", ":\t")),
                yes("tags for Java", HEAD + "x: !!javax.script.ScriptEngineManager [!!java.net.URL ['http://x']]\n"),
                yes("5,000 long tags", HEAD + many(5000, i -> "k" + i + ": !<tag:" + "x".repeat(1000) + "> v\n")),
                yes("a number of a megabyte", HEAD + "x: " + "9".repeat(1_000_000) + "\n"),
                yes("a line of 4 MB", HEAD + "x: " + "y".repeat(4_000_000) + "\n"),
                yes("an explicit key of a megabyte", HEAD + "? \"" + "k".repeat(1_000_000) + "\"\n: v\n"),
                yes(
                        "a document of 4 MB",
                        HEAD + "x:\n" + many(40_000, i -> "  k" + i + ": '" + "v".repeat(88) + "'\n")),
                yes("5,000 documents", many(5000, LimitsTest::configMap)),
                yes("a stream of 10 MB", many(5000, i -> configMap(i) + "  b: " + "x".repeat(2000) + "\n")),
                yes("a word", "hello\n"),
                yes("a list of words", "apiVersion: v1\nkind: List\nitems: [a, b]\n"),
                yes("kinds of all kinds", "kind: [a]\n---\nkind: {a: b}\n---\nkind: 3\nmetadata: 4\n"),
                yes("a Deployment of words", "apiVersion: apps/v1\nkind: Deployment\nmetadata: foo\nspec: bar\n"),
                yes("labels that are none", HEAD + "spec: {selector: {matchLabels: [app]}, template: []}\n"));
    }

    private static Arguments yes(String name, String text) {
        return Arguments.of(name, text);
    }

    private static String configMap(int i) {
        return "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c" + i + "\ndata:\n  a: |\n    # text\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readable")
    void what_can_be_read_leaves_as_it_came(String name, String text) {
        Call call = Call.in(directory).reading(text).of("post-render");

        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out().equals(text)).as("byte for byte").isTrue();
        assertThat(call.err()).doesNotContain("\tat ", "Exception");
    }

    @Test
    void keys_that_stand_twice_are_reported_and_left() {
        var text = HEAD + "spec: {replicas: 1}\nspec: {replicas: 2}\n";
        Call call = Call.in(directory).reading(text).of("post-render");

        assertThat(call.out()).isEqualTo(text);
        assertThat(call.err()).contains("broken", "the key spec stands twice; the last one counts, both were left");
        assertThat(Call.in(directory).reading(text).of("--strict").exitCode()).isEqualTo(4);
    }

    @Test
    void a_release_of_586_kilobytes_is_dropped() {
        var release = "apiVersion: jenkins.io/v1\nkind: Release\nmetadata: {name: x}\nspec:\n  commits:\n"
                + many(5000, i -> "  - {sha: abc" + i + ", message: 'fix " + i + ": " + "x".repeat(80) + "'}\n");
        assertThat(release.length()).isGreaterThan(586_000);

        Call call = Call.in(directory).reading(release + PostRenderTest.SHOP).of("post-render");

        assertThat(call.exitCode()).isZero();
        assertThat(call.out()).doesNotContain("jenkins.io").contains("kind: Canary");
        assertThat(call.err()).contains("1 dropped");
    }

    /// Rules have to do with it, so that it is edited, read again and compared.
    @Test
    void a_large_deployment_is_changed_in_its_places_only() {
        var large = PostRenderTest.SHOP.replace(
                "kind: Deployment\nmetadata:\n",
                "kind: Deployment\nmetadata:\n  annotations:\n"
                        + many(20_000, i -> "    k" + i + ": 'v" + "v".repeat(80) + "'  # c\n"));

        Call call = Call.in(directory).reading(large).of("post-render");

        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out()).contains("    k19999: 'v" + "v".repeat(80) + "'  # c\n", "haldane.dev/replicas: \"2\"");
        assertThat(call.out().length()).isGreaterThan(large.length());
    }

    private static String laughs() {
        return "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
                + IntStream.range(1, 12)
                        .mapToObj(i -> "%1$c: &%1$c [%2$s]\n"
                                .formatted(
                                        'a' + i,
                                        String.join(
                                                ",", java.util.Collections.nCopies(10, "*" + (char) ('a' + i - 1)))))
                        .collect(Collectors.joining());
    }

    private static String many(int count, java.util.function.IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
    }
}
