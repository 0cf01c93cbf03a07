package dev.haldane.e2e.helm;

import static dev.haldane.e2e.RealParts.checkout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.e2e.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a repository of its own, where the build and the Java are scripts that say what was asked of them.
class LauncherTest {

    @TempDir
    Path home;

    private Path root;
    private Path jdk;

    @BeforeEach
    void prepare() throws IOException {
        root = Files.createDirectories(home.resolve("re po"));
        Files.copy(checkout("haldane"), root.resolve("haldane"));
        executable(root.resolve("haldane"));
        Files.writeString(root.resolve("pom.xml"), "");
        var sources = Files.createDirectories(root.resolve("postrenderer/src/main/java/dev/haldane/postrender/cli"));
        Files.writeString(sources.resolve("Main.java"), "");
        Files.createDirectories(root.resolve("webhook/src/main"));
        Files.createDirectories(root.resolve("certs/src/main"));
        script(root.resolve("mvnw"), """
                echo "a build says much on stdout: $*"
                echo "$*" >>builds
                sleep 1
                [ ! -e broken ] || { echo '[ERROR] the compiler is not content'; exit 1; }
                mkdir -p postrenderer/target/image/bin postrenderer/target/image/lib webhook/target
                printf '#!/bin/sh\\necho "image: $*"\\n' >postrenderer/target/image/bin/java
                chmod +x postrenderer/target/image/bin/java
                touch postrenderer/target/image/lib/build-id webhook/target/haldane-webhook.jar
                """);
        jdk = home.resolve("jdk");
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");
        script(jdk.resolve("bin/javac"), "");
        script(jdk.resolve("bin/java"), "echo \"server: $*\"");
    }

    @Test
    void the_first_call_builds_and_says_so_on_stderr_only() {
        var first = haldane("rules");

        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out())
                .startsWith("image: ")
                .endsWith("cli.Main rules\n")
                .hasLineCount(1);
        assertThat(first.err()).contains("building the post-renderer").hasLineCount(1);
        assertThat(haldane("rules").err()).isEmpty();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void two_first_calls_build_once() {
        var one = CompletableFuture.supplyAsync(() -> haldane("rules"));
        var other = haldane("rules");

        assertThat(List.of(one.join().out(), other.out())).allMatch(out -> out.endsWith("cli.Main rules\n"));
        assertThat(builds()).hasSize(1);
        assertThat(root.resolve(".haldane/build.lock")).doesNotExist();
    }

    @Test
    void a_lock_whose_owner_has_died_does_not_hold_anybody_up() throws IOException {
        var lock = Files.createDirectories(root.resolve(".haldane/build.lock"));
        Files.writeString(lock.resolve("owner"), "999999999\n");

        assertThat(haldane("rules").out()).endsWith("cli.Main rules\n");
    }

    @Test
    void a_source_that_is_newer_than_the_image_is_built_first() throws IOException {
        haldane("rules");
        var source = root.resolve("postrenderer/src/main/java/dev/haldane/postrender/cli/Main.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));

        assertThat(haldane("rules").err()).contains("building the post-renderer");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void a_build_that_fails_is_shown_with_exit_code_2_and_nothing_on_stdout() throws IOException {
        Files.writeString(root.resolve("broken"), "");
        var call = haldane("post-render");

        assertThat(call.status()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).contains("[ERROR] the compiler is not content", "build.log");
        assertThat(root.resolve(".haldane/build.lock")).doesNotExist();
    }

    @Test
    void nothing_is_built_where_that_is_forbidden_or_impossible() throws IOException {
        var forbidden = haldane(Map.of("HALDANE_BUILD", "never"), "rules");
        assertThat(forbidden.status()).isEqualTo(2);
        assertThat(forbidden.err()).contains("is missing", "HALDANE_BUILD=never");

        Files.delete(root.resolve("mvnw"));
        var released = haldane("rules");
        assertThat(released.status()).isEqualTo(2);
        assertThat(released.err()).contains("unpack the release again");
    }

    @Test
    void commands_of_the_server_start_a_jdk_25_and_their_help_does_not() {
        var demo = haldane("demo", "--fail-rate", "0.3");

        assertThat(demo.out())
                .startsWith("server: -cp ")
                .endsWith("/webhook/target/haldane-webhook.jar dev.haldane.webhook.Main demo --fail-rate 0.3\n");
        assertThat(demo.err()).contains("building the server");
        assertThat(haldane("serve", "--help").out()).startsWith("image: ").endsWith("cli.Main serve --help\n");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void an_older_jdk_is_passed_over() throws IOException {
        var old = home.resolve("old");
        Files.createDirectories(old.resolve("bin"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        script(old.resolve("bin/javac"), "");
        script(old.resolve("bin/java"), "echo \"the old one: $*\"");
        var path = jdk.resolve("bin") + ":" + System.getenv("PATH");

        assertThat(haldane(Map.of("JAVA_HOME", old.toString(), "PATH", path), "demo")
                        .out())
                .startsWith("server: ");
    }

    @Test
    void it_finds_itself_through_links_from_anywhere() throws IOException {
        haldane("rules");
        var link = Files.createSymbolicLink(
                Files.createDirectories(home.resolve("bin")).resolve("kubectl-haldane"), Path.of("../first link"));
        Files.createSymbolicLink(home.resolve("first link"), root.resolve("haldane"));
        var call = Program.run(
                List.of("sh", "-c", "cd / && exec \"$0\" rules", link.toString()), environment(Map.of()), "");

        assertThat(call.out()).as(call.err()).endsWith("cli.Main rules\n");
    }

    @Test
    void it_does_not_pass_on_what_is_meant_for_other_javas() throws IOException {
        haldane("rules");
        script(root.resolve("postrenderer/target/image/bin/java"), "echo \"options: $JAVA_TOOL_OPTIONS.\"");

        assertThat(haldane(Map.of("JAVA_TOOL_OPTIONS", "-javaagent:/x.jar"), "rules")
                        .out())
                .isEqualTo("options: .\n");
    }

    private Program haldane(String... words) {
        return haldane(Map.of(), words);
    }

    private Program haldane(Map<String, String> more, String... words) {
        return Program.run(Packaged.words(root.resolve("haldane"), words), environment(more), "");
    }

    private Map<String, String> environment(Map<String, String> more) {
        var all = new HashMap<>(Map.of("JAVA_HOME", jdk.toString(), "HALDANE_BUILD", ""));
        all.putAll(more);
        return all;
    }

    private List<String> builds() {
        try {
            return Files.readAllLines(root.resolve("builds"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body);
        executable(file);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
