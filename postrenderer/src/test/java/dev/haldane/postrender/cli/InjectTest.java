package dev.haldane.postrender.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InjectTest {

    private static final String SERVICE = "# Source: shop/templates/service.yaml\n" + document("Service");
    private static final String DEPLOYMENT = document("Deployment").stripTrailing(); // and no last line break

    private static final String TEMPLATE = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: {{ .Chart.Name }}
            spec:
              replicas: 2
              selector:
                matchLabels:
                  app: {{ .Chart.Name }}
              template:
                metadata:
                  labels:
                    app: {{ .Chart.Name }}
                spec:
                  containers:
                  - name: shop
                    image: {{ .Values.image }}
            """;

    @TempDir
    Path directory;

    @Nested
    class Stdin {

        @Test
        void is_the_same_as_post_render_and_uninject_gives_every_byte_back() {
            Call injected = Call.in(directory).reading(PostRenderTest.SHOP).of("inject", "-");

            assertThat(injected.exitCode()).isZero();
            assertThat(injected.out())
                    .isEqualTo(Call.in(directory)
                            .reading(PostRenderTest.SHOP)
                            .of("post-render")
                            .out());
            assertThat(Call.in(directory)
                            .reading(injected.out())
                            .of("uninject", "-")
                            .out())
                    .isEqualTo(PostRenderTest.SHOP);
        }

        @Test
        void diff_and_dry_run_answer_no_manifests() {
            assertThat(Call.in(directory)
                            .reading(PostRenderTest.SHOP)
                            .of("inject", "-", "--diff")
                            .out())
                    .startsWith("--- a/<stdin>\n");
            Call dry = Call.in(directory).reading(PostRenderTest.SHOP).of("inject", "-", "--dry-run");
            assertThat(dry.out()).isEmpty();
            assertThat(dry.err()).contains("Canary/shop");
        }

        @Test
        void cannot_be_one_of_several() {
            assertThat(Call.in(directory).of("inject", "-", "a.yaml").exitCode())
                    .isEqualTo(2);
            assertThat(Call.in(directory).of("inject").err()).contains("of what?");
        }
    }

    @Nested
    class Manifests {

        @Test
        void of_a_directory_belong_together_and_come_back_byte_for_byte() throws IOException {
            var before = manifests();
            Call injected = Call.in(directory).of("inject", "app");

            assertThat(injected.exitCode()).as(injected.err()).isZero();
            assertThat(files().get("app/sub/deployment.yml"))
                    .contains("kind: Canary", "haldane.dev/replicas")
                    .contains("\r\n");
            assertThat(files().get("app/service.yaml")).contains("app: shop-primary");
            assertThat(files().get("app/notes.txt")).isEqualTo(before.get("app/notes.txt"));
            assertThat(injected.err()).contains("haldane: 2 files written");

            var once = files();
            assertThat(Call.in(directory).of("inject", "app").err()).contains("0 files written");
            assertThat(files()).isEqualTo(once);

            assertThat(Call.in(directory).of("uninject", "app").exitCode()).isZero();
            assertThat(files()).isEqualTo(before);
        }

        @Test
        void named_one_by_one_belong_together_too() throws IOException {
            manifests();
            Call.in(directory).of("inject", "app/service.yaml", "app/sub/deployment.yml");

            assertThat(files().get("app/sub/deployment.yml")).contains("kind: Canary");
        }

        @Test
        void are_only_looked_at_by_dry_run_and_diff() throws IOException {
            var before = manifests();

            assertThat(Call.in(directory).of("inject", "app", "--dry-run").err())
                    .contains("Canary/shop", "haldane: 2 files would be written");
            assertThat(Call.in(directory).of("inject", "app", "--diff").out())
                    .contains("--- a/app/service.yaml\n", "+++ b/app/sub/deployment.yml\n", "\n+kind: Canary");
            assertThat(files()).isEqualTo(before);
        }

        @Test
        void are_all_written_or_none() throws IOException {
            manifests();
            Files.writeString(directory.resolve("app/z.yaml"), "a: [\n");
            var before = files();
            Call call = Call.in(directory).of("inject", "app");

            assertThat(call.exitCode()).isEqualTo(3);
            assertThat(call.err()).contains("app/z.yaml:");
            assertThat(files()).isEqualTo(before);
        }

        @Test
        void that_strict_refuses_are_not_written() throws IOException {
            manifests();
            Files.delete(directory.resolve("app/service.yaml"));
            var before = files();
            Call call = Call.in(directory).of("inject", "app", "--strict");

            assertThat(call.exitCode()).isEqualTo(4);
            assertThat(call.err()).contains("no Service reaches it");
            assertThat(files()).isEqualTo(before);
        }

        @Test
        void that_are_not_there_are_named() throws IOException {
            assertThat(Call.in(directory).of("inject", "nowhere").err()).contains("nowhere does not exist");
            Files.createDirectories(directory.resolve("empty"));
            Call call = Call.in(directory).of("inject", "empty");
            assertThat(call.exitCode()).isEqualTo(3);
            assertThat(call.err()).contains("has no .yaml file in it");
        }

        private SortedMap<String, String> manifests() throws IOException {
            Files.createDirectories(directory.resolve("app/sub"));
            Files.createDirectories(directory.resolve("app/.git"));
            Files.writeString(directory.resolve("app/.git/config.yaml"), "not: [ours");
            Files.writeString(directory.resolve("app/notes.txt"), "kind: Deployment\n");
            Files.writeString(directory.resolve("app/service.yaml"), SERVICE);
            Files.writeString(directory.resolve("app/sub/deployment.yml"), DEPLOYMENT.replace("\n", "\r\n"));
            return files();
        }
    }

    @Nested
    class Charts {

        @Test
        void get_a_canary_template_and_give_every_byte_back() throws IOException {
            var before = chart();
            Call injected = Call.in(directory).of("inject", "shop");

            assertThat(injected.exitCode()).isZero();
            assertThat(files()).as(injected.err()).containsKey("shop/templates/canary.yaml");
            assertThat(Call.in(directory).of("uninject", "shop").exitCode()).isZero();
            assertThat(files()).isEqualTo(before);
        }

        @Test
        void without_a_deployment_are_reported_and_left_alone() throws IOException {
            Files.createDirectories(directory.resolve("shop/templates"));
            Files.writeString(directory.resolve("shop/Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
            Files.writeString(directory.resolve("shop/templates/service.yaml"), SERVICE);
            var before = files();
            Call call = Call.in(directory).of("inject", "shop");

            assertThat(call.exitCode()).isZero();
            assertThat(call.err()).contains("skipped Chart/shop  inject-canary: it has no Deployment");
            assertThat(files()).isEqualTo(before);
            assertThat(Call.in(directory).of("inject", "shop", "--strict").exitCode())
                    .isEqualTo(4);
        }

        @Test
        void are_shown_by_diff_with_the_file_that_is_new() throws IOException {
            var before = chart();

            assertThat(Call.in(directory).of("inject", "shop", "--diff").out())
                    .contains("--- /dev/null\n+++ b/shop/templates/canary.yaml\n");
            assertThat(files()).isEqualTo(before);
        }

        @Test
        void among_manifests_are_named_and_nothing_is_written() throws IOException {
            var before = chart();
            Call call = Call.in(directory).of("inject", ".");

            assertThat(call.exitCode()).isEqualTo(2);
            assertThat(call.err()).contains("is a chart among manifests");
            assertThat(files()).isEqualTo(before);
        }

        @Test
        void are_written_only_if_helm_renders_them() throws IOException {
            var before = chart();
            Path bin = Files.createDirectories(directory.resolve("bin"));
            Path helm = bin.resolve("helm");
            Files.writeString(
                    helm, "#!/bin/sh\n[ ! -e \"$3/templates/canary.yaml\" ] || { echo bad template >&2; exit 1; }\n");
            Files.setPosixFilePermissions(helm, PosixFilePermissions.fromString("rwxr-xr-x"));
            Call call = Call.in(directory).with("PATH", bin.toString()).of("inject", "shop", "--check");

            assertThat(call.exitCode()).isEqualTo(3);
            assertThat(call.err()).contains("Helm does not render what would be written: bad template");
            Files.delete(helm);
            Files.delete(bin);
            assertThat(files()).isEqualTo(before);
        }

        @Test
        void are_checked_by_our_own_interpreter_without_helm() throws IOException {
            chart();
            Call call = Call.in(directory).with("PATH", "/nowhere").of("inject", "shop", "--check");

            assertThat(call.exitCode()).isEqualTo(0);
            assertThat(call.err()).contains("there is no `helm` on PATH", "the names fit", "4 files written");
        }

        @Test
        void are_not_written_if_the_names_do_not_fit() throws IOException {
            var before = chart();
            Call call = helm("echo 'apiVersion: flagger.app/v1beta1'; echo 'kind: Canary'; echo 'metadata: {name: a}'; "
                    + "echo 'spec: {targetRef: {name: a}}'");

            assertThat(call.exitCode()).isEqualTo(3);
            assertThat(call.err()).contains("Canary/a targets Deployment/a, which is not rendered");
            assertThat(files()).isEqualTo(before);
        }

        @Test
        void are_not_written_if_they_render_differently_with_the_switch_off() throws IOException {
            var before = chart();
            Call call = helm(
                    "case $4 in */edited/*) echo 'a: 1' ;; esac; case \"$3 $*\" in */edited/*=false*) echo 'b: 1' ;; esac");

            assertThat(call.exitCode()).isEqualTo(3);
            assertThat(call.err()).contains("with the switch off it would not render to the same bytes");
            assertThat(files()).isEqualTo(before);
        }

        @Test
        void that_are_broken_are_said_to_be_so() throws IOException {
            var before = chart();
            Call call = helm("echo 'Error: parse error at (shop/templates/x.yaml:3)' >&2; exit 1");

            assertThat(call.exitCode()).isEqualTo(3);
            assertThat(call.err())
                    .contains(
                            "Helm does not render this chart even as it is: Error: parse error at (shop/templates/x.yaml:3)");
            assertThat(files()).isEqualTo(before);
        }

        /// Checks with a program in Helm's place.
        private Call helm(String script) throws IOException {
            Path bin = Files.createTempDirectory("bin");
            Path helm = bin.resolve("helm");
            Files.writeString(helm, "#!/bin/sh\n" + script + "\n");
            Files.setPosixFilePermissions(helm, PosixFilePermissions.fromString("rwxr-xr-x"));
            return Call.in(directory).with("PATH", bin.toString()).of("inject", "shop", "--check");
        }

        private SortedMap<String, String> chart() throws IOException {
            Files.createDirectories(directory.resolve("shop/templates"));
            Files.writeString(directory.resolve("shop/Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
            Files.writeString(directory.resolve("shop/values.yaml"), "image: shop:1\n");
            Files.writeString(
                    directory.resolve("shop/templates/service.yaml"),
                    document("Service")
                            .replace(
                                    "- {name: http, port: 80, targetPort: 8080}",
                                    "- name: http\n    port: 80\n    targetPort: 8080"));
            Files.writeString(directory.resolve("shop/templates/deployment.yaml"), TEMPLATE);
            return files();
        }
    }

    private static String document(String kind) {
        for (String document : PostRenderTest.SHOP.split("(?m)^---\n", -1)) {
            if (document.contains("\nkind: " + kind + "\n")) {
                return document.substring(document.indexOf('\n') + 1);
            }
        }
        throw new AssertionError("no " + kind);
    }

    /// All files below the test's directory, without what runs leave of themselves.
    private SortedMap<String, String> files() throws IOException {
        var files = new TreeMap<String, String>();
        try (var found = Files.walk(directory)) {
            found.filter(Files::isRegularFile).forEach(file -> {
                var name = directory.relativize(file).toString();
                if (!name.startsWith("state/")) {
                    try {
                        files.put(name, Files.readString(file));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
        }
        return files;
    }
}
