package dev.haldane.postrender.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.rule.Outcome.Skipped;
import dev.haldane.postrender.rule.Reason;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rule.Rendering;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every form that a Canary had from November 2018 to March 2020.
class UpgradeCanaryTest {
    private static final String HEAD = """
            apiVersion: flagger.app/v1alpha3
            kind: Canary
            metadata:
              name: shop
            spec:
              targetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
              service: {port: 80}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"v1alpha1", "v1alpha2", "v1alpha3"})
    void every_version_becomes_the_one_that_is_served(String version) {
        var canary =
                HEAD.replace("v1alpha3", version) + "  canaryAnalysis: {interval: 1m, threshold: 3, stepWeight: 5}\n";

        assertThat(after(canary).text())
                .isEqualTo(canary.replace(version, "v1beta1").replace("canaryAnalysis", "analysis"));
    }

    @ParameterizedTest
    @CsvSource({
        "istio_requests_total, request-success-rate, min",
        "envoy_cluster_upstream_rq, request-success-rate, min",
        "request-success-rate, request-success-rate, min",
        "istio_request_duration_seconds_bucket, request-duration, max",
        "istio_request_duration_milliseconds_bucket, request-duration, max",
        "envoy_cluster_upstream_rq_time_bucket, request-duration, max",
        "request-duration, request-duration, max",
        "own, own, max",
    })
    void every_metric_of_2019_has_its_name_and_limit_of_today(String old, String name, String bound) {
        var metric = metric("name: " + old + "\n      threshold: 99.5   # the limit\n      interval: 1m\n");

        assertThat(after(metric).text()).contains("""
                        - name: %s
                              thresholdRange: {%s: 99.5}   # the limit
                              interval: 1m
                        """.formatted(name, bound));
    }

    @Test
    void a_check_with_a_query_or_a_template_keeps_its_name() {
        var query = metric("name: istio_requests_total\n      threshold: 1\n      query: sum(rate(a[1m]))\n");
        var template = metric("name: istio_requests_total\n      templateRef: {name: own}\n      interval: 1m\n");

        assertThat(after(query).text()).contains("name: istio_requests_total", "thresholdRange: {max: 1}");
        assertThat(after(template).text()).contains("name: istio_requests_total\n", "templateRef: {name: own}");
    }

    @Test
    void of_two_limits_and_of_two_analyses_the_one_of_today_counts() {
        var both = metric("name: request-duration\n      threshold: 1\n      thresholdRange: {max: 2}\n")
                + "  analysis: {interval: 30s, threshold: 2, stepWeight: 5}\n";
        var limits = metric("name: request-duration\n      threshold: 1\n      thresholdRange: {max: 2}\n");

        assertThat(after(both).text()).doesNotContain("canaryAnalysis").contains("interval: 30s");
        assertThat(after(limits).text()).contains("thresholdRange: {max: 2}").doesNotContain("threshold: 1");
    }

    @Test
    void what_is_required_today_is_what_was_taken_for_none() {
        var bare = HEAD + "  canaryAnalysis:\n    stepWeight: 10\n";

        assertThat(after(bare).text()).contains("interval: 60s", "threshold: 1", "stepWeight: 10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iterations: 5, stepWeight: 10, maxWeight: 50 | iterations: 5, maxWeight: 50",
                "iterations: 0, stepWeight: 10 | stepWeight: 10",
                "iterations: 5 | iterations: 5",
                "stepWeight: 10 | stepWeight: 10",
            })
    void an_analysis_counts_or_moves_weights(String old, String today) {
        var canary = HEAD + "  canaryAnalysis: {interval: 1m, threshold: 3, %s}\n".formatted(old);

        assertThat(after(canary).text()).contains("  analysis: {interval: 1m, threshold: 3, " + today + "}\n");
    }

    @Test
    void references_to_apis_that_are_gone_follow() {
        var canary = HEAD.replace("apps/v1,", "extensions/v1beta1,")
                + "  autoscalerRef: {apiVersion: autoscaling/v2beta1, kind: HorizontalPodAutoscaler, name: shop}\n";

        assertThat(after(canary).text())
                .contains("targetRef: {apiVersion: apps/v1,", "autoscalerRef: {apiVersion: autoscaling/v2,");
    }

    @Test
    void a_query_for_the_seconds_of_istio_1_4_is_reported_with_its_check() {
        var canary = metric("name: p50\n      query: sum(istio_request_duration_seconds_bucket)\n      threshold: 1\n");
        var template = """
                apiVersion: flagger.app/v1beta1
                kind: MetricTemplate
                metadata: {name: latency}
                spec:
                  query: histogram_quantile(0.99, sum(rate(istio_request_duration_seconds_bucket[1m])) by (le))
                """;

        assertThat(skipped(after(canary))).extracting(Skipped::detail).containsExactly("p50");
        assertThat(skipped(after(template))).extracting(Skipped::reason).containsExactly(Reason.SECONDS_QUERY);
        assertThat(after(template).text()).isEqualTo(template);
    }

    private static String metric(String metric) {
        return HEAD + "  canaryAnalysis:\n    interval: 1m\n    threshold: 5\n    stepWeight: 10\n    metrics:\n    - "
                + metric;
    }

    private static Rendering after(String canary) {
        return new RuleSet(List.of(new UpgradeCanary())).rewrite(canary, "test", Release.UNKNOWN);
    }

    private static List<Skipped> skipped(Rendering rendering) {
        return rendering.report().outcomes().stream()
                .filter(Skipped.class::isInstance)
                .map(Skipped.class::cast)
                .toList();
    }
}
