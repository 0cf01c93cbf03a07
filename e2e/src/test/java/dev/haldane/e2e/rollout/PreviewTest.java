package dev.haldane.e2e.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.e2e.Visitors;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A preview gets its percent of production's requests, at rest and in the middle of a rollout.
class PreviewTest {

    private static final String PREVIEWED = "0.0.35";

    private static final String PREVIEW = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: preview-croc-hunter}
            spec:
              selector: {matchLabels: {app: preview-croc-hunter}}
              template:
                metadata: {labels: {app: preview-croc-hunter}}
                spec: {containers: [{name: croc-hunter, image: "croc-hunter:0.0.35"}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: croc-hunter}
            spec: {selector: {app: preview-croc-hunter}, ports: [{name: http, port: 80, targetPort: 8080}]}
            """;

    @TempDir
    Path folder;

    @Test
    void is_split_off_at_run_time_beside_a_rollout_and_no_request_fails() {
        var stage = Stage.shared();
        var helm = Helm.three(stage.cluster(), folder);
        var preview = stage.cluster().namespace("preview");
        stage.cluster().kubectlWith(PREVIEW, "apply", "-n", preview, "-f", "-").orThrow();
        try (var croc = Croc.in(stage, folder, "previewed");
                var server = ServerProcess.start(stage, folder, "")) {
            croc.deploy(helm, Version.of("1.0.0")).orThrow();
            croc.awaitPhase("Initialized");
            croc.awaitServed("1.0.0");
            try (var visitors = croc.visitors()) {
                var begin = Instant.now();
                annotate(croc, "haldane.dev/preview=" + preview + "=20");
                croc.awaitThat("split", () -> weights(croc).equals("80 0 20"));
                assertShare(croc, visitors, 0.15, 0.25);

                promotesBesideIt(croc, helm);
                assertThat(visitors.failures()).as(server.log()).isEmpty();

                annotate(croc, "--overwrite", "haldane.dev/preview=" + preview + "=5");
                croc.awaitThat("less", () -> weights(croc).equals("95 0 5"));
                assertShare(croc, visitors, 0.02, 0.08);

                annotate(croc, "haldane.dev/preview-");
                croc.awaitThat("none", () -> weights(croc).equals("100 0"));
                assertThat(visitors.failures()).as(server.log()).isEmpty();
                Figures.print("previews", begin, visitors);
            }
            // Envoy hears of it some time after the API server.
            croc.awaitThat("production alone", () -> versions(croc).equals(Set.of("1.1.0")));
        }
    }

    /// Of some hundred requests.
    private static Set<String> versions(Croc croc) {
        try (var visitors = croc.visitors()) {
            croc.awaitThat("visitors", () -> visitors.requests() > 200);
            return visitors.versions();
        }
    }

    @Test
    void is_refused_if_it_makes_no_sense_and_left_out_while_it_has_no_service() {
        var stage = Stage.shared();
        var helm = Helm.three(stage.cluster(), folder);
        try (var croc = Croc.in(stage, folder, "unseen");
                var server = ServerProcess.start(stage, folder, "")) {
            croc.deploy(helm, Version.of("1.0.0")).orThrow();
            croc.awaitPhase("Initialized");

            var refused = croc.kubectl(
                    "annotate", "canary", croc.target(), "haldane.dev/preview=" + croc.namespace() + "-pr=500");
            annotate(croc, "haldane.dev/preview=no-such-namespace=20");
            croc.awaitThat("said", () -> server.log().contains("no Service croc-hunter"));

            assertThat(refused.status()).isNotZero();
            assertThat(refused.err())
                    .contains("metadata.annotations.haldane.dev/preview is", "a whole percent from 1 to 99");
            assertThat(weights(croc)).isEqualTo("100 0");
        }
    }

    /// The loop's weights stay on their own scale, and those in the route sum to 100 all the time.
    private static void promotesBesideIt(Croc croc, Helm helm) {
        croc.chronicle().forget();
        croc.deploy(helm, Version.of("1.1.0")).orThrow();
        croc.awaitThat("half", () -> weights(croc).equals("40 40 20"));
        assertThat(croc.value("canary/" + croc.target(), ".status.canaryWeight"))
                .isEqualTo("50");
        croc.awaitPhase("Succeeded");
        assertThat(croc.chronicle().weights()).containsExactly(8, 16, 24, 32, 40, 0);
        assertThat(croc.chronicle().events())
                .filteredOn(event -> event.startsWith("Advance"))
                .extracting(event -> event.replaceAll(".* weight ", ""))
                .containsExactly("10", "20", "30", "40", "50");
        assertThat(croc.promoted()).isEqualTo("croc-hunter:1.1.0");
        croc.awaitThat("back", () -> weights(croc).equals("80 0 20"));
    }

    private static void annotate(Croc croc, String... arguments) {
        var all = Stream.concat(Stream.of("annotate", "canary", croc.target()), Stream.of(arguments));
        croc.kubectl(all.toArray(String[]::new)).orThrow();
    }

    private static String weights(Croc croc) {
        return croc.value("virtualservice/croc-hunter", ".spec.http[0].route[*].weight");
    }

    /// Of a thousand requests from now on; the first may still go the old way.
    private static void assertShare(Croc croc, Visitors visitors, double least, double most) {
        long settled = visitors.requests() + 100;
        croc.awaitThat("settled", () -> visitors.requests() > settled);
        long requests = visitors.requests();
        long previewed = visitors.answeredBy(PREVIEWED);
        croc.awaitThat("a thousand requests", () -> visitors.requests() > requests + 1000);
        double share = (double) (visitors.answeredBy(PREVIEWED) - previewed) / (visitors.requests() - requests);
        assertThat(share).isBetween(least, most);
    }
}
