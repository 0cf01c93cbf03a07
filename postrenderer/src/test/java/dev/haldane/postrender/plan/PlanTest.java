package dev.haldane.postrender.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Manifest;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

    private static final String METRICS = "metrics: [{name: request-success-rate, thresholdRange: {min: 99}}]";

    /// Look by look: `+` the canary's percent of live requests, then the letter of what is done.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "stepWeight: 10, maxWeight: 50              | F0 W10 W20 W30 W40 W50 P50 A0 D0",
                "stepWeight: 20, maxWeight: 50              | F0 W20 W40 W60 P60 A0 D0",
                "stepWeight: 60, maxWeight: 50              | F0 W60 P60 A0 D0",
                "stepWeight: 40                             | F0 W40 W80 W100 P100 A0 D0",
                "stepWeight: 40, maxWeight: 0               | F0 W40 W80 W100 P100 A0 D0",
                "stepWeights: [1, 5, 80]                    | F0 W1 W5 W80 P80 A0 D0",
                "stepWeights: [1, 200]                      | F0 W1 W100 P100 A0 D0",
                "stepWeights: [5], stepWeight: 10           | F0 W5 P5 A0 D0",
                "stepWeight: 100, stepWeightPromotion: 50   | F0 W100 P100 S50 A0 D0",
                "stepWeight: 50, maxWeight: 50, stepWeightPromotion: 20 | F0 W50 P50 S30 S10 A0 D0",
                "stepWeight: 25, maxWeight: 50, mirror: true | F0 M0 W25 W50 P50 A0 D0",
                "iterations: 2, match: [{headers: {}}]      | F0 I100 I100 P100 A0 D0",
                "iterations: 2                              | F0 I0 I0 C100 P100 A0 D0",
                "iterations: 2, mirror: true                | F0 M0 M0 C100 P100 A0 D0",
                "iterations: 1, stepWeightPromotion: 60     | F0 I0 C100 P100 S40 A0 D0",
            })
    void each_strategy_is_laid_out_as_it_is_walked(String analysis, String looks) {
        assertThat(looks(plan(analysis))).isEqualTo(looks);
    }

    @Test
    void without_a_mesh_looks_are_counted_and_no_request_is_moved() {
        assertThat(looks(of("provider: kubernetes", "iterations: 2"))).isEqualTo("F0 I0 I0 I0 P0 A0 D0");
        assertThat(of("provider: kubernetes", "stepWeight: 10").moments()).hasSize(15);
    }

    @Test
    void nothing_is_judged_where_the_analysis_is_skipped() {
        var plan = of("skipAnalysis: true", "stepWeight: 10");

        assertThat(looks(plan)).isEqualTo("F0 U0");
        assertThat(plan.rollbackBound()).isZero();
        assertThat(text(plan)).contains("promoted as soon as its pods are ready", "promoted like a good one");
    }

    @ParameterizedTest
    @CsvSource({
        "60s, 5, PT5M, PT8M", "1m, 5, PT5M, PT8M", "30s, 3, PT1M30S, PT4M", "1m30s, 2, PT3M, PT12M",
        "500ms, 5, , ", "1500ms, 4, PT6S, PT12S", "90s, 0, PT1M30S, PT12M", "15s, -3, PT15S, PT2M"
    })
    void an_interval_has_a_unit_and_bounds_the_rollback(
            String interval, int threshold, Duration bound, Duration lasts) {
        var analysis = "interval: " + interval + ", threshold: " + threshold + ", stepWeight: 10, maxWeight: 50";
        if (bound == null) {
            assertThatExceptionOfType(Nonsense.class)
                    .isThrownBy(() -> plan(analysis))
                    .withMessage("spec.analysis.interval is \"" + interval
                            + "\", must be minutes and seconds such as 60s or 1m30s, at least 1s");
            return;
        }
        var plan = plan(analysis);
        assertThat(plan.rollbackBound()).isEqualTo(bound);
        assertThat(plan.at(plan.moments().getLast())).isEqualTo(lasts);
    }

    @Test
    void what_a_canary_leaves_out_is_what_flagger_takes() {
        var plan = plan("stepWeight: 50");

        assertThat(plan.interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(plan.threshold()).isEqualTo(1);
        assertThat(plan.deadline()).isEqualTo(Duration.ofMinutes(10));
        assertThat(plan.apex()).isEqualTo("shop");
    }

    /// By hand: ln 0.05 / ln 0.99 = 298.07; 299 / 1.5 = 199.3 a minute; 299 / (1.5 × 6) = 33.2 min, so 34 min × 5.
    @Test
    void the_requests_that_a_run_needs_are_those_of_the_rule_of_three() {
        var traffic =
                plan("stepWeight: 10, maxWeight: 50, " + METRICS).traffic().orElseThrow();

        assertThat(traffic.needed()).isEqualTo(299);
        assertThat(traffic.exposure()).isCloseTo(1.5, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(traffic.perMinute()).isEqualTo(200);
        assertThat(traffic.intervalAt(6)).isEqualTo(Duration.ofMinutes(34));
        assertThat(traffic.durationAt(6)).isEqualTo(Duration.ofMinutes(170));
        assertThat(traffic.perMinuteToBearOne()).isEqualTo(1000);
        assertThat(traffic.perMinuteToSeeAny()).isEqualTo(47);
        assertThat(traffic.durationAt(100_000)).as("never less than was set").isEqualTo(Duration.ofMinutes(5));
    }

    /// The table of the rule at 95 %: 29 requests for 10 %, 59 for 5, 149 for 2, 299 for 1, 598 for 0.5, 2,995 for 0.1.
    @ParameterizedTest
    @CsvSource({"90, 29", "95, 59", "98, 149", "99, 299", "99.5, 598", "99.9, 2995", "0, 1"})
    void the_stricter_the_check_the_more_requests_it_needs(String least, long needed) {
        var metric = "metrics: [{name: request-success-rate, thresholdRange: {min: " + least + "}}]";

        assertThat(plan("stepWeight: 100, " + metric).traffic().orElseThrow().needed())
                .isEqualTo(needed);
    }

    @Test
    void no_number_of_requests_shows_that_there_is_never_a_bad_one() {
        assertThat(plan("stepWeight: 10, metrics: [{name: request-success-rate, thresholdRange: {min: 100}}]")
                        .traffic())
                .isEmpty();
        var own = plan("stepWeight: 10, metrics: [{name: errors, templateRef: {name: x}, thresholdRange: {max: 1}}]");
        assertThat(own.traffic()).isEmpty();
        assertThat(text(own)).contains("nobody here can tell how many requests");
    }

    @Test
    void a_p99_needs_as_many_requests_as_one_slow_one_in_a_hundred() {
        var duration = "metrics: [{name: request-duration, thresholdRange: {max: 500}, interval: 30s}]";
        var traffic = plan("stepWeights: [50, 100], " + duration).traffic().orElseThrow();

        assertThat(traffic.needed()).isEqualTo(299);
        assertThat(traffic.perMinuteToBearOne()).isEqualTo(400);
    }

    @Test
    void copies_count_as_requests_and_users_meet_the_canary_last() {
        var traffic = plan("iterations: 4, mirror: true, mirrorWeight: 25, " + METRICS)
                .traffic()
                .orElseThrow();

        assertThat(traffic.exposure()).isEqualTo(2.0);
        assertThat(traffic.firstWeight()).isEqualTo(25);
    }

    @Test
    void gates_are_named_where_a_run_waits_for_them() {
        var hooks = "webhooks: [{name: a, type: confirm-rollout}, {name: b, type: confirm-traffic-increase},"
                + " {name: c, type: confirm-promotion}, {name: d, type: pre-rollout}, {name: e}]";
        var lines = text(plan("stepWeights: [10, 20], " + hooks + ", " + METRICS))
                .lines()
                .toList();

        assertThat(lines)
                .contains(
                        "  minute 0  waits for the confirm-rollout gate a, then a new revision is found and its pods"
                                + " start; not ready within 10 minutes: rolled back",
                        "  minute 1  waits for the confirm-traffic-increase gate b, then 10 %, after the hook d",
                        "  minute 3  waits for the confirm-traffic-increase gate b, then waits for the"
                                + " confirm-promotion gate c, then promotion: the primary gets the revision",
                        "  checks    request-success-rate at least 99 % over 1 minute, the hook e");
    }

    @Test
    void what_the_server_does_not_do_yet_is_said() {
        var plan = of(
                "provider: nginx\n  ingressRef: {name: x}",
                "iterations: 3, match: [{headers: {}}], primaryReadyThreshold: 50, webhooks: []");

        assertThat(plan.notYet())
                .containsExactly(
                        "spec.provider nginx",
                        "spec.ingressRef",
                        "spec.analysis.iterations",
                        "spec.analysis.match",
                        "spec.analysis.primaryReadyThreshold");
        assertThat(plan("stepWeight: 10, " + METRICS).notYet()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stepWeight: 0          | spec.analysis.stepWeight is 0, must be 1 to 100, or give stepWeights",
                "stepWeight: '10'       | spec.analysis.stepWeight is \"10\", must be a number",
                "stepWeight: 10.5       | spec.analysis.stepWeight is 10.5, must be a whole number from 0 to 100",
                "threshold: 5           | spec.analysis.stepWeight is missing, must be 1 to 100, or give stepWeights",
                "stepWeights: [10, 10]  | spec.analysis.stepWeights[1] is 10, must be more than 10 and at most 100: each weight is greater than the one before",
                "stepWeights: {a: 1}    | spec.analysis.stepWeights is {\"a\":1}, must be a list",
                "stepWeight: 5, interval: 1h | spec.analysis.interval is \"1h\", must be minutes and seconds such as 60s or 1m30s, at least 1s",
                "stepWeight: 5, metrics: [{}] | spec.analysis.metrics[0].name is missing, must be the metric's name",
            })
    void a_value_that_means_nothing_is_named(String analysis, String sentence) {
        assertThatExceptionOfType(Nonsense.class)
                .isThrownBy(() -> plan(analysis))
                .withMessage(sentence);
    }

    @Test
    void a_suspended_canary_says_so() {
        assertThat(text(of("suspend: true", "stepWeight: 10")))
                .contains("suspended; once spec.suspend is false: minute 1");
    }

    @Test
    void the_old_words_are_understood() {
        var plan = Plan.of(manifest("""
                apiVersion: flagger.app/v1alpha2
                kind: Canary
                metadata: {name: shop}
                spec:
                  targetRef: {kind: Deployment, name: shop}
                  canaryAnalysis: {interval: 30s, threshold: 5, maxWeight: 20, stepWeight: 10, metrics: [{name: istio_requests_total, threshold: 99, interval: 1m}]}
                """));

        assertThat(looks(plan)).isEqualTo("F0 W10 W20 P20 A0 D0");
        assertThat(plan.analysis().checks())
                .extracting(Check::toString)
                .containsExactly("request-success-rate at least 99 % over 1 minute");
    }

    private static Plan plan(String analysis) {
        return of("provider: istio", analysis);
    }

    private static Plan of(String spec, String analysis) {
        return Plan.of(manifest("""
                apiVersion: flagger.app/v1beta1
                kind: Canary
                metadata: {name: shop, namespace: prod}
                spec:
                  %s
                  targetRef: {kind: Deployment, name: shop}
                  service: {port: 80}
                  analysis: {%s}
                """.formatted(spec, analysis)));
    }

    private static Manifest manifest(String text) {
        return Document.split(text, "test").getFirst().manifest().orElseThrow();
    }

    private static String text(Plan plan) {
        return PlanText.of(plan, "as it stands", 6);
    }

    private static String looks(Plan plan) {
        return plan.moments().stream()
                .map(moment -> letter(moment.action()) + moment.weight())
                .collect(Collectors.joining(" "));
    }

    private static String letter(Moment.Action action) {
        return switch (action) {
            case ALL_TO_CANARY -> "C";
            case SOME_TO_PRIMARY -> "S";
            case ALL_TO_PRIMARY -> "A";
            default -> action.name().substring(0, 1);
        };
    }
}
