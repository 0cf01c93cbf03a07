package dev.haldane.e2e.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.e2e.Visitors;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of the server in every phase: another process goes on where the dead one was. No step is repeated with an
/// effect that anybody sees, none is skipped.
class KillTest {

    @TempDir
    Path folder;

    @Test
    void another_process_goes_on_whenever_the_first_is_killed() {
        var stage = Stage.shared();
        var helm = Helm.three(stage.cluster(), folder);
        try (var croc = Croc.in(stage, folder, "killed");
                var environment = Environment.of(stage, folder, croc.namespace());
                var server =
                        ServerProcess.start(stage, folder, "git:\n  repositories:\n  " + environment.configuration())) {
            environment.promote(Version.of("2.0.0"));
            croc.deploy(helm, Version.of("2.0.0").readyAfter(4)).orThrow();
            killIn(croc, server, "Initializing");
            croc.awaitPhase("Initialized");
            croc.awaitServed("2.0.0");
            try (var visitors = croc.visitors()) {
                promotes(croc, helm, server, visitors);
                rollsBack(croc, helm, server, environment);
                assertThat(visitors.failures()).isEmpty();
            }
        }
    }

    private static void promotes(Croc croc, Helm helm, ServerProcess server, Visitors visitors) {
        var begin = Instant.now();
        croc.chronicle().forget();
        croc.deploy(helm, Version.of("2.1.0").readyAfter(4)).orThrow();
        killIn(croc, server, "Progressing");
        assertThat(croc.chronicle().weights()).isEmpty();
        for (int step : List.of(10, 30)) {
            croc.awaitThat("weight " + step, () -> croc.chronicle().weights().getLast() == step);
            server.killAndReplace();
        }
        killIn(croc, server, "Promoting");
        killIn(croc, server, "Finalising");
        croc.awaitPhase("Succeeded");
        croc.awaitThat("target stopped", croc::isTargetStopped);

        assertThat(croc.chronicle().weights()).containsExactly(10, 20, 30, 40, 50, 0);
        assertThat(croc.chronicle().phases()).containsExactly("Progressing", "Promoting", "Finalising", "Succeeded");
        assertThat(new LinkedHashSet<>(croc.chronicle().events())).containsExactlyElementsOf(croc.eventsOfAPromotion());
        assertThat(croc.promoted()).isEqualTo("croc-hunter:2.1.0");
        Figures.print("promotion with five kills", begin, visitors);
    }

    /// Git does not answer when the verdict is spoken, so the debt outlives the process.
    private static void rollsBack(Croc croc, Helm helm, ServerProcess server, Environment environment) {
        environment.promote(Version.of("2.1.0"));
        environment.promote(Version.of("2.2.0"));
        environment.answer(false);
        croc.stage().backends().fail("2.2.0", 1);
        croc.deploy(helm, Version.of("2.2.0")).orThrow();
        croc.awaitThat(
                "Git owed",
                () -> croc.value("canary/" + croc.target(), ".status.git.state").equals("Owed"));
        server.killAndReplace();
        croc.awaitThat(
                "Git missed",
                () -> croc.chronicle().events().stream().anyMatch(event -> event.startsWith("Git not reverted")));
        assertThat(environment.version()).isEqualTo("2.2.0");

        environment.answer(true);
        croc.awaitThat("Git settled", () -> croc.chronicle().events().getLast().startsWith("Git reverted"));
        assertThat(environment.version()).isEqualTo("2.1.0");
        assertThat(environment.lastMessage()).startsWith(croc.verdict() + "\n");
        assertThat(croc.value("canary/" + croc.target(), ".status.git.state")).isEqualTo("Settled");
        assertThat(croc.promoted()).isEqualTo("croc-hunter:2.1.0");
        croc.awaitThat("target stopped", croc::isTargetStopped);
    }

    private static void killIn(Croc croc, ServerProcess server, String phase) {
        croc.awaitThat(
                "phase " + phase, () -> croc.chronicle().phases().getLast().equals(phase));
        server.killAndReplace();
    }
}
