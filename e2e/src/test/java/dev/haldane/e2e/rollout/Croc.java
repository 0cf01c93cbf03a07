package dev.haldane.e2e.rollout;

import static org.awaitility.Awaitility.await;

import dev.haldane.e2e.Program;
import dev.haldane.e2e.Visit;
import dev.haldane.e2e.Visitors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/// croc-hunter in a namespace of its own, deployed as Jenkins X does it, and what has become of it.
///
/// @param defaults `haldane.yaml` for the post-renderer, with a host that only this one has
record Croc(Stage stage, String namespace, Path defaults, Chronicle chronicle) implements AutoCloseable {

    /// Every interval of these tests: Prometheus looks eight times as often.
    static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// @param folder for its `haldane.yaml`
    static Croc in(Stage stage, Path folder, String prefix) {
        var namespace = stage.cluster().namespace(prefix);
        try {
            var defaults = Files.writeString(
                    folder.resolve(namespace + ".yaml"), """
                    apiVersion: haldane.dev/v1
                    kind: RolloutDefaults
                    hosts: ["{app}.%s.example.com"]
                    gateways: [istio-system/gw]
                    analysis:
                      interval: %ds
                      threshold: 5
                      metrics:
                      - {name: request-success-rate, thresholdRange: {min: 99}, interval: 4s}
                      - {name: request-duration, thresholdRange: {max: 2500}, interval: 4s}
                    """.formatted(namespace, INTERVAL.toSeconds()));
            return new Croc(
                    stage, namespace, defaults, new Chronicle(stage.cluster().client(), namespace));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Program deploy(Helm helm, Version version) {
        return helm.upgrade(namespace, version, defaults);
    }

    String target() {
        return namespace + "-croc-hunter";
    }

    /// What is said of a revision that passes, in the article's words, and the verdict behind it.
    List<String> eventsOfAPromotion() {
        var name = target() + "." + namespace;
        return List.of(
                "New revision detected! Scaling up " + name,
                "Starting canary analysis for " + name,
                "Advance " + name + " canary weight 10",
                "Advance " + name + " canary weight 20",
                "Advance " + name + " canary weight 30",
                "Advance " + name + " canary weight 40",
                "Advance " + name + " canary weight 50",
                "Copying " + name + " template spec to " + target() + "-primary." + namespace,
                "Routing all traffic to primary",
                "Promotion completed! Scaling down " + name,
                verdict());
    }

    String host() {
        return "croc-hunter." + namespace + ".example.com";
    }

    Visitors visitors() {
        return visitors(Duration.ofMillis(5));
    }

    Visitors visitors(Duration pause) {
        return new Visitors(stage.backends(), stage.mesh().gateway(), host(), pause);
    }

    /// One value of an object, in kubectl's JSONPath.
    String value(String object, String path) {
        return kubectl("get", object, "-o", "jsonpath={" + path + "}").orThrow();
    }

    Program kubectl(String... arguments) {
        return stage.cluster().kubectl(inNamespace(arguments));
    }

    Program kubectlWith(String input, String... arguments) {
        return stage.cluster().kubectlWith(input, inNamespace(arguments));
    }

    private String[] inNamespace(String... arguments) {
        var all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "-n";
        all[arguments.length + 1] = namespace;
        return all;
    }

    String phase() {
        return value("canary/" + target(), ".status.phase");
    }

    String verdict() {
        return value("canary/" + target(), ".status.verdict");
    }

    /// Waits for a phase that lasts.
    void awaitPhase(String phase) {
        awaitThat("phase " + phase, () -> chronicle.phases().getLast().equals(phase));
    }

    void awaitThat(String what, Callable<Boolean> condition) {
        try {
            await(what)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptions()
                    .until(condition);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(
                    "not in " + PATIENCE + ": " + what + " of " + namespace + ": " + chronicle.phases() + " "
                            + chronicle.weights() + " " + chronicle.events(),
                    e);
        }
    }

    /// Waits until requests get through to this version.
    void awaitServed(String version) {
        awaitThat("served", () -> Visit.to(stage.mesh().gateway(), host()).equals(new Visit(200, version, "")));
    }

    boolean isTargetStopped() {
        return value("deployment/" + target(), ".spec.replicas").equals("0");
    }

    /// All that decides who gets which request, with the generations, which tell of changes that were taken back.
    String serving() {
        return kubectl(
                        "get",
                        "deployments,services,virtualservices,destinationrules",
                        "-o",
                        "jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.generation} {.spec}{'\\n'}{end}")
                .orThrow();
    }

    /// Which image the primary runs.
    String promoted() {
        return value("deployment/" + target() + "-primary", ".spec.template.spec.containers[0].image");
    }

    @Override
    public void close() {
        chronicle.close();
    }
}
