package dev.haldane.webhook.store;

import dev.haldane.webhook.canary.Analysis;
import dev.haldane.webhook.canary.MetricCheck;
import dev.haldane.webhook.canary.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/// Reads `spec.analysis`, in the words of all years.
final class AnalysisCodec {

    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(60);
    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration DEFAULT_WINDOW = Duration.ofMinutes(1);
    private static final int ALL = 100;
    private static final String NOT_YET = "is not supported";

    private static final Set<String> KNOWN = Set.of(
            "interval",
            "threshold",
            "maxWeight",
            "stepWeight",
            "stepWeights",
            "metrics",
            "alerts",
            "mirrorWeight",
            "primaryReadyThreshold",
            "canaryReadyThreshold");

    private static final Map<String, String> REFUSED = Map.of(
            "iterations",
            "is not supported: only weights (stepWeight or stepWeights)",
            "match",
            "is not supported: only weights (stepWeight or stepWeights)",
            "mirror",
            NOT_YET,
            "webhooks",
            "is not supported: a gate or check that nobody asks would be passed over",
            "stepWeightPromotion",
            NOT_YET,
            "sessionAffinity",
            NOT_YET);

    private static final Map<String, String> METRIC_REFUSED = Map.of(
            "query", "is not supported: only request-success-rate and request-duration",
            "templateRef", "is not supported: only request-success-rate and request-duration",
            "templateVariables", NOT_YET);

    /// Names of 2019, and those of App Mesh, which meant the same two checks.
    private static final Map<String, String> NAMES = Map.of(
            MetricCheck.SUCCESS_RATE,
            MetricCheck.SUCCESS_RATE,
            "istio_requests_total",
            MetricCheck.SUCCESS_RATE,
            "envoy_cluster_upstream_rq",
            MetricCheck.SUCCESS_RATE,
            MetricCheck.DURATION,
            MetricCheck.DURATION,
            "istio_request_duration_seconds_bucket",
            MetricCheck.DURATION,
            "istio_request_duration_milliseconds_bucket",
            MetricCheck.DURATION,
            "envoy_cluster_upstream_rq_time_bucket",
            MetricCheck.DURATION);

    private AnalysisCodec() {}

    static Analysis read(Field analysis, boolean skipped, List<String> ignored) {
        if (!analysis.given()) {
            if (skipped) {
                return new Analysis(DEFAULT_INTERVAL, 1, List.of(Weight.ALL), List.of());
            }
            throw analysis.wrong("how a revision is judged: interval, threshold, stepWeight, metrics");
        }
        analysis.object(KNOWN, REFUSED);
        CanaryCodec.ignore(analysis.at("alerts"), "nobody is alerted, see the events", ignored);
        CanaryCodec.ignore(analysis.at("mirrorWeight"), "spec.analysis.mirror is off", ignored);
        allReady(analysis.at("primaryReadyThreshold"));
        allReady(analysis.at("canaryReadyThreshold"));
        var checks = new ArrayList<MetricCheck>();
        for (var metric : analysis.at("metrics").items()) {
            checks.add(check(metric));
        }
        return new Analysis(
                analysis.at("interval").duration(DEFAULT_INTERVAL, LEAST_INTERVAL),
                Math.max(1, analysis.at("threshold").integer(1, Integer.MIN_VALUE, Integer.MAX_VALUE)),
                steps(analysis, skipped),
                checks);
    }

    private static void allReady(Field percent) {
        if (percent.integer(ALL, 0, ALL) != ALL) {
            throw percent.wrong("100: all pods must be ready");
        }
    }

    private static List<Weight> steps(Field analysis, boolean skipped) {
        var listed = analysis.at("stepWeights");
        if (listed.asks()) {
            return listedSteps(listed);
        }
        int step = analysis.at("stepWeight").integer(0, 0, ALL);
        if (step > 0) {
            return evenSteps(step, analysis.at("maxWeight").integer(ALL, 0, Integer.MAX_VALUE));
        }
        if (skipped) {
            return List.of(Weight.ALL);
        }
        throw analysis.at("stepWeight").wrong("1 to 100, or give stepWeights");
    }

    /// 20 to a maximum of 50 gives 20, 40, 60: the maximum says when to promote, not where to stop.
    private static List<Weight> evenSteps(int step, int max) {
        int end = Math.min(max == 0 ? ALL : max, ALL);
        var steps = new ArrayList<Weight>();
        int weight = 0;
        while (weight < end) {
            weight = Math.min(ALL, weight + step);
            steps.add(new Weight(weight));
        }
        return steps;
    }

    private static List<Weight> listedSteps(Field listed) {
        var steps = new ArrayList<Weight>();
        int before = 0;
        for (var item : listed.items()) {
            int weight = Math.min(ALL, item.integer(0, Integer.MIN_VALUE, Integer.MAX_VALUE));
            if (weight <= before) {
                throw item.wrong(
                        "more than " + before + " and at most 100: each weight is greater than the one before");
            }
            steps.add(new Weight(weight));
            before = weight;
        }
        return steps;
    }

    private static MetricCheck check(Field metric) {
        metric.object(Set.of("name", "interval", "threshold", "thresholdRange"), METRIC_REFUSED);
        var given = metric.at("name").requiredText("request-success-rate or request-duration");
        var name = NAMES.get(given);
        if (name == null) {
            throw metric.at("name").wrong("request-success-rate or request-duration");
        }
        var range = metric.at("thresholdRange").object(Set.of("min", "max"), Map.of());
        var limit = metric.at("threshold").number();
        var window = metric.at("interval").duration(DEFAULT_WINDOW, LEAST_INTERVAL);
        if (range.given()) {
            return limited(
                    metric,
                    new MetricCheck(
                            name, range.at("min").number(), range.at("max").number(), window));
        }
        return limited(
                metric,
                name.equals(MetricCheck.SUCCESS_RATE)
                        ? new MetricCheck(name, limit, OptionalDouble.empty(), window)
                        : new MetricCheck(name, OptionalDouble.empty(), limit, window));
    }

    private static MetricCheck limited(Field metric, MetricCheck check) {
        if (check.min().isEmpty() && check.max().isEmpty()) {
            throw metric.at("thresholdRange").wrong("an object with min, max or both");
        }
        return check;
    }
}
