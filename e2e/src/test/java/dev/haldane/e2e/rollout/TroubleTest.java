package dev.haldane.e2e.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.webhook.gitops.GitRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parts that fail in the middle of a rollout, and people who write nonsense.
class TroubleTest {

    @TempDir
    Path folder;

    @Test
    void a_rollout_outlives_the_api_server_and_waits_for_prometheus() throws InterruptedException {
        var stage = Stage.shared();
        var helm = Helm.three(stage.cluster(), folder);
        try (var croc = Croc.in(stage, folder, "trouble");
                var server = ServerProcess.start(stage, folder, "")) {
            croc.deploy(helm, Version.of("1.0.0")).orThrow();
            croc.awaitPhase("Initialized");
            croc.awaitServed("1.0.0");
            try (var visitors = croc.visitors()) {
                croc.chronicle().forget();
                croc.deploy(helm, Version.of("1.1.0")).orThrow();
                croc.awaitThat("second step", () -> croc.chronicle().weights().getLast() == 20);
                stage.cluster().restartApiServer(Duration.ofSeconds(2));
                croc.awaitThat("third step", () -> croc.chronicle().weights().getLast() >= 30);

                stage.mesh().stopPrometheus();
                var told = "Prometheus query failed: running query failed: request failed: Get \""
                        + stage.mesh().prometheus() + "/api/v1/query?query=";
                croc.awaitThat("hold", () -> croc.chronicle().events().getLast().startsWith(told));
                Fleet.awaitUnchanged(croc, croc.serving());
                assertThat(croc.phase()).isEqualTo("Progressing");
                assertThat(croc.value("canary/" + croc.target(), ".status.failedChecks"))
                        .isEqualTo("0");
                assertThat(croc.chronicle().events())
                        .filteredOn(event -> event.startsWith(told))
                        .hasSize(1);

                stage.mesh().startPrometheus();
                croc.awaitPhase("Succeeded");
                croc.awaitThat("target stopped", croc::isTargetStopped);
                // A step that was told when the API server went, before the status was written, is told once more:
                // its Event then counts two. The watch of the weights may have missed one, but no weight went back.
                assertThat(croc.chronicle().events().stream()
                                .filter(event -> event.startsWith("Advance"))
                                .distinct())
                        .hasSize(5);
                assertThat(croc.chronicle().weights().stream().takeWhile(weight -> weight > 0))
                        .isSorted()
                        .contains(50);
                assertThat(croc.promoted()).isEqualTo("croc-hunter:1.1.0");
                assertThat(visitors.failures()).as(server.log()).isEmpty();
            }
        }
    }

    @Test
    void a_push_that_is_refused_is_told_and_the_rollback_stands() {
        var stage = Stage.shared();
        var helm = Helm.three(stage.cluster(), folder);
        try (var hooked = Croc.in(stage, folder, "hooked");
                var closed = Croc.in(stage, folder, "closed");
                var hook = Environment.of(stage, folder, hooked.namespace());
                var door = Environment.of(stage, folder, closed.namespace());
                var server = ServerProcess.start(
                        stage,
                        folder,
                        "git:\n  repositories:\n  " + hook.configuration() + "  " + door.configuration())) {
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(
                                    () -> rollsBack(helm, hooked, hook, TroubleTest::hook), Thread::startVirtualThread),
                            CompletableFuture.runAsync(
                                    () -> rollsBack(helm, closed, door, TroubleTest::close),
                                    Thread::startVirtualThread))
                    .join();
            assertThat(hooked.chronicle().events().getLast())
                    .as(server.log())
                    .contains("Git not reverted for", "does not let us push", "only people may change production")
                    .endsWith("set the version in env/requirements.yaml to 3.0.0 by hand");
            assertThat(closed.chronicle().events().getLast())
                    .as(server.log())
                    .contains("Git not reverted for", door.server().address("environment.git"), "not permitted");
        }
    }

    private static void hook(GitRepository repository) {
        try {
            repository.preReceive("echo 'only people may change production' >&2; exit 1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Git's own server answers 403 then.
    private static void close(GitRepository repository) {
        try {
            repository.git("config", "http.receivepack", "false");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void rollsBack(Helm helm, Croc croc, Environment environment, Consumer<GitRepository> refuse) {
        croc.stage().backends().fail("3.1.0", 1);
        environment.promote(Version.of("3.0.0"));
        croc.deploy(helm, Version.of("3.0.0")).orThrow();
        croc.awaitPhase("Initialized");
        croc.awaitServed("3.0.0");
        try (var visitors = croc.visitors()) {
            environment.promote(Version.of("3.1.0"));
            refuse.accept(environment.repository());
            croc.deploy(helm, Version.of("3.1.0")).orThrow();
            croc.awaitPhase("Failed");
            croc.awaitThat("Git told", () -> croc.chronicle().events().getLast().startsWith("Git not reverted"));
            croc.awaitThat("target stopped", croc::isTargetStopped);
            assertThat(croc.chronicle().weights().getLast()).isZero();
            assertThat(croc.promoted()).isEqualTo("croc-hunter:3.0.0");
            assertThat(environment.version()).isEqualTo("3.1.0");
            assertThat(visitors.failures()).isEmpty();
        }
    }

    @Test
    void nonsense_is_refused_by_field_and_told_where_it_slipped_in() {
        var stage = Stage.shared();
        var nonsense = """
                apiVersion: flagger.app/v1beta1
                kind: Canary
                metadata: {name: shop}
                spec:
                  targetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
                  service: {port: 80}
                  analysis:
                    interval: 1m
                    threshold: 5
                    maxWeight: 50
                    stepWeight: 10
                    metrics: [{name: request-luck, thresholdRange: {min: 99}}]
                """;
        var why = "spec.analysis.metrics[0].name is \"request-luck\", must be request-success-rate or request-duration";
        try (var croc = Croc.in(stage, folder, "nonsense");
                var server = ServerProcess.start(stage, folder, "")) {
            assertThat(refused(croc, nonsense)).contains("denied the request", why);
            assertThat(refused(croc, nonsense.replace("luck", "duration").replace("maxWeight: 50", "maxWeight: 120")))
                    .contains("denied the request: spec.analysis.maxWeight is 120, allowed is a percentage, 0 to 100");
            assertThat(refused(croc, nonsense.replace("interval: 1m", "interval: soon")))
                    .contains("spec.analysis.interval: Invalid value: \"soon\"");

            server.kill();
            croc.kubectlWith(nonsense, "apply", "-f", "-").orThrow();
            server.killAndReplace();
            croc.awaitThat("told", () -> croc.chronicle().events().equals(List.of(why)));
            assertThat(croc.kubectl("get", "events", "-o", "jsonpath={.items[*].reason}")
                            .orThrow())
                    .isEqualTo("Unreadable");
        }
    }

    private static String refused(Croc croc, String canary) {
        var answer = croc.kubectlWith(canary, "apply", "-f", "-");
        assertThat(answer.status()).as(answer.out()).isNotZero();
        return answer.err();
    }
}
