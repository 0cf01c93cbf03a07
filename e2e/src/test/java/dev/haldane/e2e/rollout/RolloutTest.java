package dev.haldane.e2e.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.e2e.Visitors;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the users of a Helm chart live through: install, a good version, a bad version, adoption.
class RolloutTest {

    @TempDir
    Path folder;

    @Test
    void helm_3_installs_promotes_a_good_version_and_rolls_a_bad_one_back_in_traffic_cluster_and_git() {
        var stage = Stage.shared();
        var helm = Helm.three(stage.cluster(), folder);
        try (var croc = Croc.in(stage, folder, "production");
                var environment = Environment.of(stage, folder, croc.namespace());
                var server =
                        ServerProcess.start(stage, folder, "git:\n  repositories:\n  " + environment.configuration())) {
            install(croc, environment, helm);
            try (var visitors = croc.visitors()) {
                promotes(croc, environment, helm, visitors);
                rollsBack(croc, environment, helm, server, visitors);
            }
        }
    }

    private static void install(Croc croc, Environment environment, Helm helm) {
        var first = Version.of("1.0.0");
        environment.promote(first);
        croc.deploy(helm, first).orThrow();
        croc.awaitPhase("Initialized");
        assertThat(croc.chronicle().events())
                .containsOnly(
                        "all the metrics providers are available!",
                        "Initialization done! " + croc.target() + "." + croc.namespace());
        assertThat(croc.value("deployment/" + croc.target(), ".spec.replicas")).isEqualTo("0");
        assertThat(croc.value("deployment/" + croc.target() + "-primary", ".spec.replicas"))
                .isEqualTo("2");
        croc.awaitServed("1.0.0");
    }

    private static void promotes(Croc croc, Environment environment, Helm helm, Visitors visitors) {
        var good = Version.of("1.1.0");
        croc.chronicle().forget();
        environment.promote(good);
        var begin = Instant.now();
        croc.deploy(helm, good).orThrow();
        croc.awaitPhase("Succeeded");
        croc.awaitThat("verdict", () -> croc.chronicle().events().contains(croc.verdict()));
        assertThat(croc.chronicle().events()).containsExactlyElementsOf(croc.eventsOfAPromotion());
        assertThat(croc.chronicle().weights()).containsExactly(10, 20, 30, 40, 50, 0);
        assertThat(croc.verdict()).matches("croc-hunter 1\\.1\\.0 promoted: 0 of \\d+ requests failed \\(0 %\\), .*");
        assertThat(croc.promoted()).isEqualTo("croc-hunter:1.1.0");
        assertThat(environment.version()).isEqualTo("1.1.0");
        assertThat(visitors.failures()).isEmpty();
        Figures.print("promotion by Helm 3", begin, visitors);
    }

    private static void rollsBack(
            Croc croc, Environment environment, Helm helm, ServerProcess server, Visitors visitors) {
        var bad = Version.of("1.2.0");
        croc.stage().backends().fail("1.2.0", 0.3);
        croc.chronicle().forget();
        environment.promote(bad);
        var before = environment.read("env/requirements.yaml");
        var begin = Instant.now();
        croc.deploy(helm, bad).orThrow();
        croc.awaitPhase("Failed");
        croc.awaitThat("Git", () -> croc.chronicle().events().getLast().startsWith("Git reverted"));

        var verdict = croc.verdict();
        var name = croc.target() + "." + croc.namespace();
        assertThat(verdict)
                .matches("croc-hunter 1\\.2\\.0 rolled back: \\d+ of \\d+ requests failed \\(\\d+(\\.\\d+)? %\\), "
                        + "primary 0 %, limit 1 %");
        var events = croc.chronicle().events();
        assertThat(events).contains(verdict);
        assertThat(server.log()).contains("verdict: " + verdict);
        assertThat(environment.lastMessage()).startsWith(verdict + "\n");
        assertThat(environment.read("env/requirements.yaml"))
                .isEqualTo(before.replace("version: 1.2.0", "version: 1.1.0"));
        assertThat(events)
                .containsSubsequence(
                        "New revision detected! Scaling up " + name,
                        "Starting canary analysis for " + name,
                        "Advance " + name + " canary weight 10",
                        "Rolling back " + name + " failed checks threshold reached 5",
                        "Canary failed! Scaling down " + name,
                        verdict);
        assertThat(events)
                .anyMatch(event -> event.matches("Halt \\S+ advancement success rate \\d\\d\\.\\d\\d% < 99%")
                        && event.contains(name));
        assertThat(croc.value("virtualservice/croc-hunter", ".spec.http[0].route[*].weight"))
                .isEqualTo("100 0");
        croc.awaitThat(
                "target stopped",
                () -> croc.value("deployment/" + croc.target(), ".spec.replicas")
                        .equals("0"));
        assertThat(croc.promoted()).isEqualTo("croc-hunter:1.1.0");
        assertThat(visitors.failures()).isEmpty();
        Figures.print("rollback by Helm 3", begin, visitors);
    }

    @Test
    void helm_4_installs_and_promotes_through_its_plugin() {
        var stage = Stage.shared();
        try (var helm = Helm.four(stage.cluster(), folder);
                var croc = Croc.in(stage, folder, "four");
                var server = ServerProcess.start(stage, folder, "")) {
            croc.deploy(helm, Version.of("1.0.0")).orThrow();
            croc.awaitPhase("Initialized");
            croc.awaitServed("1.0.0");
            try (var visitors = croc.visitors()) {
                var begin = Instant.now();
                croc.deploy(helm, Version.of("1.1.0")).orThrow();
                croc.awaitPhase("Succeeded");
                assertThat(croc.chronicle().weights()).endsWith(10, 20, 30, 40, 50, 0);
                assertThat(croc.promoted()).isEqualTo("croc-hunter:1.1.0");
                assertThat(server.log()).contains("verdict: " + croc.verdict());
                assertThat(visitors.failures()).isEmpty();
                Figures.print("promotion by Helm 4", begin, visitors);
            }
        }
    }

    @Test
    void a_release_that_serves_already_is_adopted_without_a_failed_request() {
        var stage = Stage.shared();
        var helm = Helm.three(stage.cluster(), folder);
        try (var croc = Croc.in(stage, folder, "adopted");
                var server = ServerProcess.start(stage, folder, "")) {
            var version = Version.of("1.0.0");
            helm.upgradePlainly(croc.namespace(), version).orThrow();
            croc.kubectlWith("""
                    apiVersion: networking.istio.io/v1
                    kind: VirtualService
                    metadata: {name: croc-hunter}
                    spec:
                      hosts: [%s]
                      gateways: [istio-system/gw]
                      http:
                      - route: [{destination: {host: croc-hunter}}]
                    """.formatted(croc.host()), "apply", "-f", "-").orThrow();
            croc.awaitServed("1.0.0");
            try (var visitors = croc.visitors()) {
                var begin = Instant.now();
                croc.deploy(helm, version).orThrow();
                croc.awaitPhase("Initialized");
                croc.awaitThat(
                        "hosts at the entry only",
                        () -> croc.value("virtualservice/croc-hunter", ".spec.hosts")
                                .isEmpty());
                long sofar = visitors.requests();
                croc.awaitThat("more requests", () -> visitors.requests() > sofar + 100);

                assertThat(croc.value("service/croc-hunter", ".spec.selector"))
                        .isEqualTo("{\"app\":\"" + croc.target() + "-primary\"}");
                assertThat(croc.value("deployment/" + croc.target(), ".spec.replicas"))
                        .isEqualTo("0");
                assertThat(croc.value("deployment/" + croc.target() + "-primary", ".spec.replicas"))
                        .isEqualTo("2");
                assertThat(visitors.versions()).isEqualTo(java.util.Set.of("1.0.0"));
                assertThat(visitors.failures()).as(server.log()).isEmpty();
                Figures.print("adoption by Helm 3", begin, visitors);
            }
        }
    }
}
