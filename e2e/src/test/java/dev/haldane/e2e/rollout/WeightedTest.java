package dev.haldane.e2e.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `virtualService: weighted`: the manifest's own VirtualService has the weights, and the loop moves them there.
class WeightedTest {

    @TempDir
    Path folder;

    @Test
    void a_release_without_delegation_is_promoted_and_applying_it_again_moves_nothing() throws IOException {
        var stage = Stage.shared();
        var helm = Helm.three(stage.cluster(), folder);
        try (var croc = Croc.in(stage, folder, "weighted");
                var server = ServerProcess.start(stage, folder, "")) {
            Files.writeString(croc.defaults(), "virtualService: weighted\n", StandardOpenOption.APPEND);
            croc.deploy(helm, Version.of("1.0.0")).orThrow();
            croc.awaitPhase("Initialized");
            croc.awaitServed("1.0.0");
            assertThat(croc.value("virtualservices", ".items[*].metadata.name")).isEqualTo("croc-hunter");
            try (var visitors = croc.visitors()) {
                var begin = Instant.now();
                croc.chronicle().forget();
                croc.deploy(helm, Version.of("1.1.0")).orThrow();
                croc.awaitThat("a step", () -> croc.chronicle().weights().contains(20));
                croc.deploy(helm, Version.of("1.1.0")).orThrow();
                croc.awaitPhase("Succeeded");

                assertThat(croc.chronicle().weights()).containsExactly(10, 20, 30, 40, 50, 0);
                assertThat(croc.promoted()).isEqualTo("croc-hunter:1.1.0");
                assertThat(croc.value("virtualservice/croc-hunter", ".metadata.ownerReferences"))
                        .isEmpty();
                croc.awaitThat("target stopped", croc::isTargetStopped);
                var before = croc.serving();
                croc.deploy(helm, Version.of("1.1.0")).orThrow();
                Fleet.awaitUnchanged(croc, before);
                assertThat(visitors.failures()).as(server.log()).isEmpty();
                Figures.print("weighted", begin, visitors);
            }
        }
    }
}
