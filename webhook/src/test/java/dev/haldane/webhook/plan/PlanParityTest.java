package dev.haldane.webhook.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.plan.Moment;
import dev.haldane.postrender.plan.Nonsense;
import dev.haldane.postrender.plan.Plan;
import dev.haldane.webhook.analysis.Reading;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.MetricCheck;
import dev.haldane.webhook.rollout.Answer;
import dev.haldane.webhook.store.CanaryCodec;
import dev.haldane.webhook.store.Reading.Understood;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The plan of a Canary beside the walk of [dev.haldane.webhook.rollout.Rollout#decide] through it: the same steps at
/// the same looks, the same bound of a rollback, and no word for what the server would refuse.
class PlanParityTest {

    private static final Answer BAD = new Answer.Breached(new Reading(
            new MetricCheck(
                    MetricCheck.SUCCESS_RATE, OptionalDouble.of(99), OptionalDouble.empty(), Duration.ofMinutes(1)),
            OptionalDouble.of(50)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "interval: 60s, threshold: 5, maxWeight: 50, stepWeight: 10",
                "interval: 1m, threshold: 1, maxWeight: 50, stepWeight: 20",
                "interval: 15s, threshold: 10, maxWeight: 30, stepWeight: 10",
                "interval: 1m30s, threshold: 2, stepWeight: 33",
                "interval: 1500ms, threshold: 3, maxWeight: 5, stepWeight: 100",
                "stepWeight: 7, maxWeight: 100",
                "stepWeight: 7, maxWeight: 0",
                "stepWeight: 10, maxWeight: 500",
                "threshold: 0, stepWeight: 50",
                "threshold: -4, stepWeight: 50",
                "stepWeights: [1, 2, 10, 80]",
                "stepWeights: [1, 2, 10, 200]",
                "stepWeights: [100]",
                "stepWeights: [5, 50], stepWeight: 10, maxWeight: 20",
                "stepWeights: [], stepWeight: 10, maxWeight: 20",
                "stepWeight: 10.0, maxWeight: 2e1",
                "stepWeight: null, stepWeights: [50]",
            })
    void the_loop_walks_as_the_plan_says(String analysis) {
        compare(analysis);
    }

    @Property(tries = 300)
    void the_loop_walks_any_even_steps_as_the_plan_says(
            @ForAll @IntRange(min = 1, max = 100) int step,
            @ForAll @IntRange(min = 0, max = 130) int max,
            @ForAll @IntRange(min = 1, max = 20) int threshold,
            @ForAll @IntRange(min = 1, max = 600) int seconds) {
        compare("interval: %ds, threshold: %d, stepWeight: %d, maxWeight: %d".formatted(seconds, threshold, step, max));
    }

    @Property(tries = 300)
    void the_loop_walks_any_listed_steps_as_the_plan_says(
            @ForAll @Size(min = 1, max = 12) @UniqueElements List<@IntRange(min = 1, max = 100) Integer> weights,
            @ForAll @IntRange(min = 1, max = 9) int minutes) {
        compare("interval: %dm, threshold: 3, stepWeights: %s"
                .formatted(minutes, weights.stream().sorted().toList()));
    }

    @Test
    void an_unjudged_revision_is_promoted_at_the_first_look_at_its_ready_pods() {
        var canary = canary("skipAnalysis: true", "stepWeight: 10");

        assertThat(planned(Plan.of(canary.planned()))).isEqualTo("F0 U0");
        assertThat(Rehearsed.looks(canary.served(), new Answer.Yes())).containsExactly("F0", "U0");
    }

    /// Each asks for something that the server does not do; it refuses the object, and the plan names the field.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "provider: nginx",
                "provider: kubernetes",
                "metricsServer: http://x",
                "ingressRef: {name: x}",
                "routeRef: {name: x}",
                "upstreamRef: {name: x}",
                "revertOnDeletion: true",
                "autoscalerRef: {kind: ScaledObject, name: x}",
                "autoscalerRef: {name: x, primaryScalerReplicas: {minReplicas: 1}}",
                "analysis: {iterations: 3}",
                "analysis: {stepWeight: 10, match: [{headers: {}}]}",
                "analysis: {stepWeight: 10, mirror: true}",
                "analysis: {stepWeight: 10, webhooks: [{name: x, url: http://x}]}",
                "analysis: {stepWeight: 10, stepWeightPromotion: 10}",
                "analysis: {stepWeight: 10, sessionAffinity: {cookieName: x}}",
                "analysis: {stepWeight: 10, primaryReadyThreshold: 50}",
                "analysis: {stepWeight: 10, canaryReadyThreshold: 50}",
                "analysis: {stepWeight: 10, metrics: [{name: x, templateRef: {name: x}, thresholdRange: {max: 1}}]}",
                "analysis: {stepWeight: 10, metrics: [{name: request-duration, query: x, thresholdRange: {max: 1}}]}",
                "analysis: {stepWeight: 10, metrics: [{name: latency, thresholdRange: {max: 1}}]}",
                "service: {port: 80, appProtocol: http}",
                "service: {port: 80, portDiscovery: true}",
                "service: {port: 80, headless: true}",
                "service: {port: 80, timeout: 5s}",
                "service: {port: 80, backendTimeout: 5s}",
                "service: {port: 80, gatewayRefs: [{name: x}]}",
                "service: {port: 80, trafficPolicy: {tls: {}}}",
                "service: {port: 80, match: [{uri: {prefix: /}}]}",
                "service: {port: 80, rewrite: {uri: /}}",
                "service: {port: 80, retries: {attempts: 3}}",
                "service: {port: 80, headers: {request: {}}}",
                "service: {port: 80, mirror: [{backendRef: {}}]}",
                "service: {port: 80, corsPolicy: {allowCredentials: true}}",
            })
    void what_the_server_refuses_the_plan_says(String field) {
        assertThat(served(field)).as("the server refuses it").isNotInstanceOf(Understood.class);
        assertThat(Plan.of(manifest(field)).notYet()).as("the plan says so").isNotEmpty();
    }

    /// The same fields, where they ask for nothing.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "revertOnDeletion: false",
                "metricsServer: ''",
                "ingressRef: null",
                "autoscalerRef: {kind: HorizontalPodAutoscaler, name: x}",
                "analysis: {stepWeight: 10, iterations: 0, match: [], mirror: false, mirrorWeight: 3, webhooks: []}",
                "analysis: {stepWeight: 10, stepWeightPromotion: 0, sessionAffinity: {}, primaryReadyThreshold: 100}",
                "analysis: {stepWeight: 10, metrics: [{name: istio_requests_total, threshold: 99}]}",
                "service: {port: 80, timeout: '', headless: false, match: [], retries: {}}",
            })
    void what_asks_for_nothing_is_no_reason(String field) {
        assertThat(served(field)).isInstanceOf(Understood.class);
        assertThat(Plan.of(manifest(field)).notYet()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "analysis: {}",
                "analysis: {threshold: 3}",
                "analysis: {stepWeight: 0}",
                "analysis: {stepWeight: 101}",
                "analysis: {stepWeight: -1}",
                "analysis: {stepWeight: 1.5}",
                "analysis: {stepWeight: '10'}",
                "analysis: {stepWeights: [10, 10]}",
                "analysis: {stepWeights: [20, 10]}",
                "analysis: {stepWeights: [0]}",
                "analysis: {stepWeights: 10}",
                "analysis: {stepWeight: 10, maxWeight: -1}",
                "analysis: {stepWeight: 10, interval: 1h}",
                "analysis: {stepWeight: 10, interval: '60'}",
                "analysis: {stepWeight: 10, interval: 500ms}",
                "analysis: {stepWeight: 10, interval: 0s}",
                "analysis: {stepWeight: 10, interval: 30s1m}",
                "analysis: {stepWeight: 10, threshold: many}",
                "analysis: {stepWeight: 10, metrics: [{name: request-duration}]}",
                "analysis: {stepWeight: 10, metrics: [{thresholdRange: {max: 1}}]}",
                "analysis: []",
                "progressDeadlineSeconds: 0",
                "skipAnalysis: 'yes'",
                "targetRef: {kind: Deployment}",
            })
    void what_means_nothing_to_the_server_means_nothing_to_the_plan(String field) {
        assertThat(served(field)).isNotInstanceOf(Understood.class);
        assertThatExceptionOfType(Nonsense.class).isThrownBy(() -> Plan.of(manifest(field)));
    }

    private static void compare(String analysis) {
        var canary = canary("suspend: false", analysis);
        var plan = Plan.of(canary.planned());

        assertThat(Rehearsed.looks(canary.served(), new Answer.Yes()))
                .as(analysis)
                .isEqualTo(List.of(planned(plan).split(" ")));
        assertThat(plan.interval()).isEqualTo(canary.served().analysis().interval());
        assertThat(plan.threshold()).isEqualTo(canary.served().analysis().threshold());
        assertThat(plan.deadline()).isEqualTo(canary.served().progressDeadline());
        assertThat(plan.notYet()).isEmpty();

        var bad = Rehearsed.looks(canary.served(), BAD);
        var first = "W" + canary.served().analysis().steps().getFirst().percent();
        int from = bad.indexOf(first);
        assertThat(bad.getLast()).isEqualTo("R0");
        assertThat(plan.interval().multipliedBy(bad.size() - 1 - from))
                .as("from the first request to the rollback")
                .isEqualTo(plan.rollbackBound());
    }

    private static String planned(Plan plan) {
        return plan.moments().stream()
                .map(moment -> letter(moment.action()) + moment.weight())
                .collect(Collectors.joining(" "));
    }

    private static String letter(Moment.Action action) {
        return switch (action) {
            case ALL_TO_PRIMARY -> "A";
            default -> action.name().substring(0, 1);
        };
    }

    /// @param served  as the server has read it
    /// @param planned as the plan reads it
    private record Canary(CanarySpec served, Manifest planned) {}

    private static Canary canary(String spec, String analysis) {
        var fields = spec + "\n  analysis: {" + analysis + "}";
        var served = served(fields);
        assertThat(served).as(fields).isInstanceOf(Understood.class);
        return new Canary(((Understood) served).spec(), manifest(fields));
    }

    private static dev.haldane.webhook.store.Reading served(String fields) {
        return CanaryCodec.read(new ObjectMapper().valueToTree(Serialization.unmarshal(text(fields), Object.class)));
    }

    private static Manifest manifest(String fields) {
        return Document.split(text(fields), "test").getFirst().manifest().orElseThrow();
    }

    /// A Canary that is right but for the fields that a test is about.
    private static String text(String fields) {
        var head = List.of(
                "apiVersion: flagger.app/v1beta1", "kind: Canary", "metadata: {name: shop, namespace: prod}", "spec:");
        var usual = List.of(
                "targetRef: {kind: Deployment, name: shop}", "service: {port: 80}", "analysis: {stepWeight: 10}");
        var added = usual.stream()
                .filter(line -> !("\n  " + fields).contains("\n  " + line.substring(0, line.indexOf(':') + 1)))
                .toList();
        return String.join("\n", head) + "\n  " + fields + "\n"
                + IntStream.range(0, added.size())
                        .mapToObj(i -> "  " + added.get(i) + "\n")
                        .collect(Collectors.joining());
    }
}
