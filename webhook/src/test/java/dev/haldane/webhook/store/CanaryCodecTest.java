package dev.haldane.webhook.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.canary.Apex;
import dev.haldane.webhook.canary.CanaryId;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.MetricCheck;
import dev.haldane.webhook.canary.Preview;
import dev.haldane.webhook.canary.Target;
import dev.haldane.webhook.canary.Weight;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryCodecTest {

    private static final String PLAIN = """
            apiVersion: flagger.app/v1beta1
            kind: Canary
            metadata: {name: podinfo, namespace: test, uid: u-1}
            spec:
              targetRef: {apiVersion: apps/v1, kind: Deployment, name: podinfo}
              service: {port: 9898}
              analysis:
                interval: 30s
                threshold: 3
                stepWeight: 10
                maxWeight: 50
                metrics:
                - {name: request-success-rate, interval: 1m, thresholdRange: {min: 99}}
                - {name: request-duration, interval: 30s, thresholdRange: {max: 500}}
            """;

    @Test
    void a_canary_of_v1beta1_is_read_with_its_defaults() {
        var spec = read(yaml(PLAIN));

        assertThat(spec.id()).isEqualTo(new CanaryId("test", "podinfo"));
        assertThat(spec.uid()).isEqualTo("u-1");
        assertThat(spec.target()).isEqualTo(new Target("apps/v1", "Deployment", "podinfo"));
        assertThat(spec.autoscaler()).isEmpty();
        assertThat(spec.apex())
                .isEqualTo(new Apex(
                        "podinfo", 9898, "http", "9898", List.of("podinfo"), List.of("mesh"), false, List.of()));
        assertThat(spec.progressDeadline()).isEqualTo(Duration.ofMinutes(10));
        assertThat(spec.skipAnalysis()).isFalse();
        assertThat(spec.suspended()).isFalse();
        assertThat(spec.analysis().interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(spec.analysis().threshold()).isEqualTo(3);
        assertThat(percents(spec)).containsExactly(10, 20, 30, 40, 50);
        assertThat(spec.analysis().checks())
                .containsExactly(atLeast(99, Duration.ofMinutes(1)), atMost(500, Duration.ofSeconds(30)));
    }

    @Test
    void the_canary_of_the_article_is_accepted_as_it_stands() throws IOException {
        var file = Path.of("../../shared/corpus/croc-hunter/flagger/croc-hunter-canary.yaml");
        assumeTrue(Files.exists(file), "needs ../shared/corpus beside the checkout");

        var spec = read(yaml(Files.readString(file)));

        assertThat(spec.id()).isEqualTo(new CanaryId("jx-production", "jx-production-croc-hunter-jenkinsx"));
        assertThat(spec.apiVersion()).isEqualTo("flagger.app/v1alpha2");
        assertThat(spec.progressDeadline()).isEqualTo(Duration.ofMinutes(1));
        assertThat(spec.apex())
                .isEqualTo(new Apex(
                        "jx-production-croc-hunter-jenkinsx",
                        8080,
                        "http",
                        "8080",
                        List.of(
                                "croc-hunter.istio.us.g.csanchez.org",
                                "croc-hunter.istio.eu.g.csanchez.org",
                                "jx-production-croc-hunter-jenkinsx"),
                        List.of("public-gateway.istio-system.svc.cluster.local"),
                        false,
                        List.of()));
        assertThat(spec.analysis().interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(percents(spec)).containsExactly(10, 20, 30, 40, 50);
        assertThat(spec.analysis().checks())
                .containsExactly(atLeast(99, Duration.ofMinutes(1)), atMost(500, Duration.ofMinutes(1)));
    }

    @Test
    void under_delegation_there_are_neither_hosts_nor_gateways() {
        var apex = read(with("service: {name: shop, port: 80, targetPort: web, portName: http-web, delegation: true}"))
                .apex();

        assertThat(apex).isEqualTo(new Apex("shop", 80, "http-web", "web", List.of(), List.of(), true, List.of()));
    }

    @Test
    void previews_stand_in_an_annotation() {
        var object = yaml(PLAIN);
        ((ObjectNode) object.path("metadata"))
                .putObject("annotations")
                .put("haldane.dev/preview", "jx-staging=5, jx-pr-35=1");

        assertThat(read(object).apex().previews())
                .containsExactly(new Preview("jx-staging", 5), new Preview("jx-pr-35", 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jx-staging        | <namespace>=<percent>, such as jx-staging=5
            jx-staging=0      | <namespace>=<percent> with a whole percent from 1 to 99
            jx-staging=5%     | <namespace>=<percent> with a whole percent from 1 to 99
            jx_staging=5      | <namespace>=<percent>, such as jx-staging=5
            a=60,b=40         | at most 99 % together, and is 100 %
            a=1,a=2           | one share for each namespace, and a has two
            test=5            | of other namespaces than test, which is production's own
            """)
    void a_preview_that_cannot_be_is_refused_with_its_place(String text, String wanted) {
        var object = yaml(PLAIN);
        ((ObjectNode) object.path("metadata")).putObject("annotations").put("haldane.dev/preview", text);

        assertThat(CanaryCodec.read(object))
                .isEqualTo(new Reading.Nonsense(
                        "metadata.annotations.haldane.dev/preview is \"" + text + "\", must be " + wanted));
    }

    @Test
    void an_autoscaler_is_named() {
        assertThat(read(with("autoscalerRef: {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, name: shop}"))
                        .autoscaler())
                .isEqualTo(Optional.of("shop"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stepWeight: 20, maxWeight: 50 | 20 40 60",
                "stepWeight: 30 | 30 60 90 100",
                "stepWeight: 100, maxWeight: 100 | 100",
                "stepWeight: 50, maxWeight: 0 | 50 100",
                "stepWeights: [1, 2, 10, 80] | 1 2 10 80",
                "stepWeights: [1, 2, 10, 200] | 1 2 10 100",
                "stepWeight: 5, maxWeight: 10, stepWeights: [25] | 25"
            })
    void weights_rise_until_the_maximum_is_reached(String analysis, String expected) {
        var spec = read(with("analysis: {interval: 1s, " + analysis + "}"));

        assertThat(percents(spec).stream().map(String::valueOf)).containsExactly(expected.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"1s,1", "90s,90", "2m,120", "1m30s,90", "'',60"})
    void intervals_are_minutes_and_seconds(String given, long seconds) {
        var spec = read(with("analysis: {stepWeight: 10, interval: '" + given + "'}"));

        assertThat(spec.analysis().interval()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spec.analysis.interval is \"500ms\", must be minutes and seconds such as 60s or 1m30s, at least 1s | analysis: {stepWeight: 1, interval: 500ms}",
                "spec.analysis.interval is \"1h\", must be minutes and seconds such as 60s or 1m30s, at least 1s | analysis: {stepWeight: 1, interval: 1h}",
                "spec.analysis.threshold is \"five\", must be a whole number from -2147483648 to 2147483647 | analysis: {stepWeight: 1, threshold: five}",
                "spec.analysis.stepWeight is missing, must be 1 to 100, or give stepWeights | analysis: {interval: 1m}",
                "spec.analysis.stepWeight is 101, must be a whole number from 0 to 100 | analysis: {stepWeight: 101}",
                "spec.analysis.stepWeights[1] is 10, must be more than 10 and at most 100: each weight is greater than the one before | analysis: {stepWeights: [10, 10]}",
                "spec.analysis is missing, must be how a revision is judged: interval, threshold, stepWeight, metrics | analysis: null",
                "spec.analysis.iterations is not supported: only weights (stepWeight or stepWeights) | analysis: {iterations: 10}",
                "spec.analysis.webhooks is not supported: a gate or check that nobody asks would be passed over | analysis: {stepWeight: 1, webhooks: [{name: a, url: b}]}",
                "spec.analysis.metrics[0].templateRef is not supported: only request-success-rate and request-duration | analysis: {stepWeight: 1, metrics: [{name: x, templateRef: {name: y}}]}",
                "spec.analysis.metrics[0].name is \"latency\", must be request-success-rate or request-duration | analysis: {stepWeight: 1, metrics: [{name: latency, threshold: 1}]}",
                "spec.analysis.metrics[0].thresholdRange is missing, must be an object with min, max or both | analysis: {stepWeight: 1, metrics: [{name: request-duration}]}",
                "spec.analysis.stepWeigth is no field of a Canary | analysis: {stepWeigth: 10}",
                "spec.targetRef.kind is \"DaemonSet\", must be Deployment: no other kind is supported | targetRef: {kind: DaemonSet, name: x}",
                "spec.service.port is missing, must be the Service's port | service: {name: x}",
                "spec.service.port is 80.5, must be a whole number from 1 to 65535 | service: {port: 80.5}",
                "spec.service.retries is not supported | service: {port: 80, retries: {attempts: 3}}",
                "spec.service.hosts is [\"a\"], must be absent while spec.service.delegation is true: they stand in the VirtualService that delegates | service: {port: 80, delegation: true, hosts: [a]}",
                "spec.provider is \"linkerd\", must be istio: no other mesh or ingress is supported | provider: linkerd",
                "spec.revertOnDeletion is not supported | revertOnDeletion: true",
                "spec.progressDeadlineSeconds is 0, must be a whole number from 1 to 2147483647 | progressDeadlineSeconds: 0"
            })
    void nonsense_is_named_by_its_path(String problem, String instead) {
        assertThat(CanaryCodec.read(with(instead))).isEqualTo(new Reading.Nonsense(problem));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "revertOnDeletion: false",
                "provider: ''",
                "service: {port: 80.0, portDiscovery: false, match: [], headers: {}}",
                "analysis: {stepWeight: 10, iterations: 0, mirror: false, webhooks: [], match: null}"
            })
    void what_asks_for_nothing_is_no_reason_to_refuse(String instead) {
        assertThat(CanaryCodec.read(with(instead)))
                .isInstanceOfSatisfying(
                        Reading.Understood.class,
                        reading -> assertThat(reading.ignored()).isEmpty());
    }

    @Test
    void what_changes_no_verdict_is_named_as_ignored() {
        var reading =
                CanaryCodec.read(with("service: {port: 80, apex: {labels: {a: b}}}\ncanaryAnalysis: {stepWeight: 1}"));

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Understood.class,
                        understood -> assertThat(understood.ignored())
                                .containsExactly(
                                        "spec.service.apex is ignored: labels and annotations are not copied",
                                        "spec.canaryAnalysis is ignored: spec.analysis is there"));
    }

    @Test
    void without_analysis_a_revision_is_promoted_only_if_that_is_said() {
        var spec = read(with("analysis: null\nskipAnalysis: true"));

        assertThat(spec.skipAnalysis()).isTrue();
        assertThat(spec.analysis().checks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "7",
                "null",
                "apiVersion: v1\nkind: Canary",
                "apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: {name: a}\nspec: 3"
            })
    void anything_can_be_read_without_an_exception(String object) {
        assertThat(CanaryCodec.read(yaml(object))).isInstanceOf(Reading.Nonsense.class);
    }

    private static MetricCheck atLeast(double min, Duration window) {
        return new MetricCheck(MetricCheck.SUCCESS_RATE, OptionalDouble.of(min), OptionalDouble.empty(), window);
    }

    private static MetricCheck atMost(double max, Duration window) {
        return new MetricCheck(MetricCheck.DURATION, OptionalDouble.empty(), OptionalDouble.of(max), window);
    }

    private static List<Integer> percents(CanarySpec spec) {
        return spec.analysis().steps().stream().map(Weight::percent).toList();
    }

    /// The plain Canary with these fields of its spec instead.
    private static JsonNode with(String fields) {
        var canary = yaml(PLAIN);
        ((ObjectNode) canary.path("spec")).setAll((ObjectNode) yaml(fields));
        return canary;
    }

    private static CanarySpec read(JsonNode object) {
        var reading = CanaryCodec.read(object);
        assertThat(reading).isInstanceOf(Reading.Understood.class);
        return ((Reading.Understood) reading).spec();
    }

    private static JsonNode yaml(String text) {
        return new ObjectMapper().valueToTree(Serialization.unmarshal(text, Object.class));
    }
}
