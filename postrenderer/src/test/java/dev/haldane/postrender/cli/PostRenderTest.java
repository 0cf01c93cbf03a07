package dev.haldane.postrender.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostRenderTest {

    static final String SHOP = """
            ---
            # Source: shop/templates/config.yaml
            apiVersion: v1
            kind: ConfigMap   # untouched
            metadata: {name: shop}
            data: {a: 'b'}
            ---
            # Source: shop/templates/service.yaml
            apiVersion: v1
            kind: Service
            metadata:
              name: shop
            spec:
              selector:
                app: shop
              ports:
              - {name: http, port: 80, targetPort: 8080}
            ---
            # Source: shop/templates/deployment.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: shop
            spec:
              replicas: 2
              selector:
                matchLabels: {app: shop}
              template:
                metadata:
                  labels: {app: shop}
                spec:
                  containers:
                  - {name: shop, image: shop:1}
            """;

    static final String NO_SERVICE = SHOP.replace("kind: Service\n", "kind: Endpoints\n");

    @TempDir
    Path directory;

    @Test
    void a_deployment_comes_out_with_a_canary_and_what_no_rule_touches_byte_for_byte() {
        Call call = Call.in(directory).reading(SHOP).of("post-render");

        assertThat(call.exitCode()).isZero();
        assertThat(call.out())
                .startsWith(SHOP.substring(0, SHOP.indexOf("---\n# Source: shop/templates/service.yaml")))
                .contains("kind: Canary", "kind: VirtualService", "app: shop-primary");
        assertThat(call.err()).contains("added", "Canary/shop", "inject-canary", "haldane: 2 added, 2 changed");
    }

    @Test
    void without_a_command_manifests_are_rendered_all_the_same() {
        Call named = Call.in(directory).reading(SHOP).of("post-render", "--report", "none");

        assertThat(Call.in(directory).reading(SHOP).of("--report=none")).isEqualTo(named);
        assertThat(named.err()).isEmpty();
    }

    @Test
    void what_comes_in_twice_comes_out_the_same() {
        String once = Call.in(directory).reading(SHOP).of("post-render").out();

        assertThat(Call.in(directory).reading(once).of("post-render").out()).isEqualTo(once);
    }

    @Test
    void the_report_is_json_for_machines_and_can_be_read_again() {
        Call call = Call.in(directory).reading(SHOP).of("post-render", "--report", "json", "--report-file", "r.json");

        assertThat(call.err()).startsWith("{\"command\":\"post-render\",").contains("\"kind\":\"Canary\"");
        assertThat(Call.in(directory)
                        .of("report", "--report", "json", "--report-file", "r.json")
                        .out())
                .isEqualTo(call.err());
        assertThat(Call.in(directory).of("report", "--report", "json").out()).isEqualTo(call.err());
    }

    @Test
    void the_last_run_is_told_later_also_when_it_failed() {
        assertThat(Call.in(directory).of("report").exitCode()).isEqualTo(3);

        Call.in(directory).reading(SHOP).of("post-render", "--report", "none");
        assertThat(Call.in(directory).of("report").out())
                .startsWith("haldane post-render, ")
                .contains("exit code 0\n", "Canary/shop", "2 added");

        Call.in(directory).reading("a: [\n").of("post-render");
        assertThat(Call.in(directory).of("report").out()).contains("exit code 3\n", "haldane: <stdin>:");

        Call.in(directory).of("post-render", "--stricct");
        assertThat(Call.in(directory).of("report").out()).contains("exit code 2\n", "unknown option '--stricct'");
    }

    @Test
    void broken_yaml_is_named_by_its_line_and_nothing_is_written() {
        Call call = Call.in(directory)
                .reading(SHOP.replace("metadata: {name: shop}", "metadata: {name: shop"))
                .of();

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).startsWith("haldane: <stdin>:").doesNotContain("\tat ");
    }

    @Test
    void a_stream_cut_inside_a_quote_is_refused() {
        Call call = Call.in(directory)
                .reading(SHOP + "---\nkind: Service\nmetadata: {name: \"ca")
                .of();

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.out()).isEmpty();
    }

    @Test
    void what_is_not_utf8_is_refused_with_its_line() {
        Call call = Call.in(directory)
                .reading("a: b\nc: d\ne: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1))
                .of();

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).contains("<stdin>:3: not UTF-8");
    }

    @Test
    void strict_refuses_what_was_skipped_and_says_what_and_why() {
        Call call = Call.in(directory).reading(NO_SERVICE).of("--strict");

        assertThat(call.exitCode()).isEqualTo(4);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).contains("refused by --strict", "skipped Deployment/shop", "no Service reaches it");
        assertThat(Call.in(directory).reading(SHOP).of("--strict").exitCode()).isZero();
    }

    @Test
    void nothing_comes_out_only_where_nothing_came_in() {
        assertThat(Call.in(directory).reading("").of()).isEqualTo(new Call(0, "", "haldane: nothing to do\n"));

        String release = "apiVersion: jenkins.io/v1\nkind: Release\nmetadata: {name: shop-1}\n";
        Call dropped = Call.in(directory).reading(release).of();
        assertThat(dropped.exitCode()).isZero();
        assertThat(dropped.out()).startsWith("# haldane: every document of this stream was dropped");
        assertThat(dropped.err()).contains("1 dropped");
    }

    @Test
    void inside_helm_4_even_nothing_is_an_answer() {
        Call call = Call.in(directory)
                .with("HELM_PLUGIN_NAME", "haldane")
                .reading("")
                .of();

        assertThat(call.exitCode()).isZero();
        assertThat(call.out()).isEqualTo("# haldane: no object came in\n");
    }

    @Test
    void the_configuration_is_read_from_option_or_environment_and_settings_beat_it() throws IOException {
        Files.writeString(
                directory.resolve("haldane.yaml"),
                "apiVersion: haldane.dev/v1\nkind: RolloutDefaults\nanalysis: {interval: 17s, maxWeight: 30}\n");

        assertThat(Call.in(directory)
                        .reading(SHOP)
                        .of("--config", "haldane.yaml", "--set", "analysis.maxWeight=20")
                        .out())
                .contains("interval: 17s", "maxWeight: 20");
        assertThat(Call.in(directory)
                        .with("HALDANE_CONFIG", "haldane.yaml")
                        .reading(SHOP)
                        .of()
                        .out())
                .contains("interval: 17s", "maxWeight: 30");
    }

    @Test
    void a_mistake_in_the_configuration_ends_with_2_before_anything_is_written() {
        Call call = Call.in(directory).reading(SHOP).of("--set", "rules.inject-canry=false");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).contains("inject-canry", "Did you mean 'inject-canary'?");
    }

    @Test
    void a_report_file_that_cannot_be_written_is_said_before_anything_is_written() {
        Call call = Call.in(directory).reading(SHOP).of("--report-file", "nowhere/r.txt");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).contains("nowhere/r.txt");
    }

    @Test
    void a_home_that_cannot_be_written_is_no_reason_to_fail() throws IOException {
        Files.writeString(directory.resolve("state"), "a file, not a directory");
        Call call = Call.in(directory).reading(SHOP).of();

        assertThat(call.exitCode()).isZero();
        assertThat(call.out()).contains("kind: Canary");
        assertThat(call.err()).contains("could not be left");
    }

    @Test
    void diff_shows_what_would_change_and_is_never_empty() {
        assertThat(Call.in(directory).reading(SHOP).of("--diff").out())
                .startsWith("--- a/<stdin>\n+++ b/<stdin>\n@@ ")
                .contains("\n-  replicas: 2\n", "\n+kind: Canary\n");
        assertThat(Call.in(directory).reading("").of("--diff").out()).isEqualTo("haldane: no difference\n");
    }

    @Test
    void colours_are_for_terminals_unless_somebody_says_otherwise() {
        var onTerminal = Call.in(directory).reading(SHOP).atTerminal(Surroundings.Stream.ERR);

        assertThat(Call.in(directory).reading(SHOP).of().err()).doesNotContain("\u001B");
        assertThat(onTerminal.of().err()).contains("\u001B[32madded");
        assertThat(onTerminal.of("--color", "never").err()).doesNotContain("\u001B");
        assertThat(onTerminal.with("NO_COLOR", "1").of().err()).doesNotContain("\u001B");
        assertThat(Call.in(directory).reading(SHOP).of("--color=always").err()).contains("\u001B[32madded");
    }

    @Test
    void a_diff_is_coloured_where_stdout_is_a_terminal_and_only_there() {
        var onTerminal = Call.in(directory).reading(SHOP).atTerminal(Surroundings.Stream.OUT);

        assertThat(onTerminal.of("--diff").out())
                .contains("\u001B[31m-  replicas: 2\u001B[0m", "\u001B[32m+kind: Canary");
        assertThat(onTerminal.of("--diff", "--color=never").out()).doesNotContain("\u001B");
        assertThat(Call.in(directory)
                        .reading(SHOP)
                        .atTerminal(Surroundings.Stream.ERR)
                        .of("--diff")
                        .out())
                .doesNotContain("\u001B");
        assertThat(onTerminal.of().out()).as("manifests are never coloured").doesNotContain("\u001B");
    }

    @Test
    void rules_are_listed_with_whether_they_are_on() {
        assertThat(Call.in(directory).of("rules").out())
                .containsPattern("inject-canary +on ")
                .contains("own-fields");
        assertThat(Call.in(directory)
                        .of("rules", "--set", "rules.inject-canary=false")
                        .out())
                .containsPattern("inject-canary +off ");
    }

    @Test
    void a_reader_that_has_gone_is_an_error_and_no_stack_trace() {
        var err = new java.io.ByteArrayOutputStream();
        var gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        int exitCode = CommandLine.run(
                List.of("post-render"),
                new Surroundings(
                        new java.io.ByteArrayInputStream(SHOP.getBytes(StandardCharsets.UTF_8)),
                        gone,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of("XDG_STATE_HOME", directory.resolve("state").toString()),
                        directory,
                        Set.of()));

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Broken pipe").doesNotContain("\tat ");
    }
}
