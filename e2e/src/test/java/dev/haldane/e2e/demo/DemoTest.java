package dev.haldane.e2e.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.haldane.e2e.Program;
import dev.haldane.e2e.RealParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class DemoTest {

    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private static List<String> command(String... options) {
        var jar = RealParts.checkout("webhook/target/haldane-webhook.jar");
        Assumptions.assumeTrue(Files.exists(jar), () -> "SKIPPED: no " + jar + ": ./mvnw package makes it");
        var words = Stream.of(RealParts.checkout("haldane").toString(), "demo", "--yes");
        return Stream.concat(words, Stream.of(options)).toList();
    }

    private static CompletableFuture<Program> played(Map<String, String> more, String... options) {
        var environment = new HashMap<>(more);
        environment.put("HALDANE_BUILD", "never");
        var command = command(options);
        return CompletableFuture.supplyAsync(() -> Program.run(command, environment, ""));
    }

    @Test
    void a_bad_version_is_rolled_back_and_a_good_one_is_promoted() {
        var bad = played(Map.of(), "--fail-rate", "0.3");
        var good = played(Map.of(), "--fail-rate", "0");

        var badStory = bad.join();
        assertThat(badStory.status()).as(badStory.out() + badStory.err()).isZero();
        assertThat(badStory.out())
                .contains(
                        "Advance jx-production-croc-hunter.jx-production canary weight 50",
                        "failed checks threshold reached 5",
                        "RolledBack croc-hunter 1.2.0 rolled back: ",
                        "✓ in Git: the environment repository wants 1.1.0 again",
                        "12 of 12 steps of the story were observed")
                .doesNotContain("✗", "\u001B");
        assertThat(badStory.err()).isEmpty();

        var goodStory = good.join();
        assertThat(goodStory.status()).as(goodStory.out() + goodStory.err()).isZero();
        assertThat(goodStory.out())
                .contains("✓ 1.2.0 is promoted: the primary runs it, alone", "9 of 9 steps")
                .doesNotContain("RolledBack");
    }

    @Test
    void the_same_story_runs_on_a_real_API_server() {
        var assets = String.valueOf(RealParts.programOrSkip("kube-apiserver").getParent());
        RealParts.programOrSkip("etcd");

        var story = played(Map.of("KUBEBUILDER_ASSETS", assets), "--control-plane=real")
                .join();

        assertThat(story.status()).as(story.out() + story.err()).isZero();
        assertThat(story.out()).contains("on the real kube-apiserver v1.", "12 of 12 steps of the story were observed");
    }

    @Test
    void real_without_an_address_says_what_is_missing() {
        var story =
                played(Map.of("KUBEBUILDER_ASSETS", ""), "--control-plane=real").join();

        assertThat(story.status()).isEqualTo(2);
        assertThat(story.err())
                .contains("--control-plane real: neither --kubeconfig nor $KUBEBUILDER_ASSETS says where it is");
    }

    /// Ctrl-C goes the same way; but SIGINT is ignored in what a shell has put in the background, as a build may be.
    @Test
    void told_to_end_it_leaves_nothing_behind() throws IOException, InterruptedException {
        var before = folders();
        var builder = new ProcessBuilder(command());
        builder.environment().put("HALDANE_BUILD", "never");
        var demo = builder.redirectErrorStream(true).start();
        try (var lines = demo.inputReader(UTF_8)) {
            assertThat(lines.lines().anyMatch(line -> line.contains("1/3"))).isTrue();
            assertThat(folders()).isNotEqualTo(before);

            Program.run(List.of("kill", "-TERM", String.valueOf(demo.pid())), Map.of(), "")
                    .orThrow();

            assertThat(demo.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(demo.exitValue()).isEqualTo(143);
        } finally {
            demo.destroyForcibly();
        }
        // Another demo on this machine may have begun meanwhile; it ends too.
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(before).containsAll(folders()));
    }

    private static Set<Path> folders() throws IOException {
        try (var files = Files.list(TEMPORARY)) {
            return files.filter(file -> file.getFileName().toString().startsWith("haldane-demo"))
                    .collect(Collectors.toSet());
        }
    }
}
