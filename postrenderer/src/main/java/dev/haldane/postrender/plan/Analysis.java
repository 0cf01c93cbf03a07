package dev.haldane.postrender.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How a revision is judged: `spec.analysis`, with the defaults of what it leaves out.
///
/// @param interval     the time between two looks
/// @param threshold    failed checks, counted over the whole run, that end it
/// @param weights      percent of all requests, one a look; empty but for [Strategy#WEIGHTS]
/// @param iterations   looks of the other strategies
/// @param mirrored     percent of the requests that are copied to the canary, whose answers nobody sees; 0: none
/// @param promotion    percent by which the primary gets its requests back, look by look; 0: all at once
public record Analysis(
        Strategy strategy,
        Duration interval,
        int threshold,
        List<Integer> weights,
        int iterations,
        int mirrored,
        int promotion,
        List<Check> checks) {

    private static final int ALL = 100;
    private static final int MANY = 100_000;
    private static final int ITERATIONS_WITHOUT_MESH = 10;
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration WINDOW = Duration.ofMinutes(1);

    public Analysis {
        weights = List.copyOf(weights);
        checks = List.copyOf(checks);
    }

    /// @param spec of a Canary in the words of v1beta1
    static Analysis read(Field spec) {
        var field = spec.at("analysis").map();
        if (spec.at("skipAnalysis").flag()) {
            return unjudged(field.at("interval").duration(INTERVAL, SECOND));
        }
        if (!field.given()) {
            throw field.wrong("how a revision is judged: interval, threshold, stepWeight, metrics");
        }
        var strategy = strategy(field, spec.at("provider").text("istio"));
        var checks = new ArrayList<Check>();
        field.at("metrics").items().forEach(metric -> checks.add(check(metric)));
        return new Analysis(
                strategy,
                field.at("interval").duration(INTERVAL, SECOND),
                Math.max(1, field.at("threshold").integer(1, Integer.MIN_VALUE, Integer.MAX_VALUE)),
                strategy == Strategy.WEIGHTS ? weights(field) : List.of(),
                strategy == Strategy.WEIGHTS ? 0 : iterations(field),
                mirrored(field),
                field.at("stepWeightPromotion").integer(0, 0, ALL),
                checks);
    }

    private static Analysis unjudged(Duration interval) {
        return new Analysis(Strategy.UNJUDGED, interval, 1, List.of(), 0, 0, 0, List.of());
    }

    /// Without a mesh or an ingress there are no weights, so that Flagger counts iterations, ten where none are given.
    private static Strategy strategy(Field analysis, String provider) {
        boolean counts = analysis.at("iterations").asks();
        if (provider.equals("kubernetes")) {
            return Strategy.BLUE_GREEN;
        }
        return counts && analysis.at("match").asks() ? Strategy.A_B : counts ? Strategy.BLUE_GREEN : Strategy.WEIGHTS;
    }

    private static int iterations(Field analysis) {
        int given = analysis.at("iterations").integer(0, 0, MANY);
        return given == 0 ? ITERATIONS_WITHOUT_MESH : given;
    }

    private static int mirrored(Field analysis) {
        int weight = analysis.at("mirrorWeight").integer(0, 0, ALL);
        return !analysis.at("mirror").flag() ? 0 : weight == 0 ? ALL : weight;
    }

    private static List<Integer> weights(Field analysis) {
        var listed = analysis.at("stepWeights");
        if (listed.asks()) {
            return listed(listed);
        }
        int step = analysis.at("stepWeight").integer(0, 0, ALL);
        if (step == 0) {
            throw analysis.at("stepWeight").wrong("1 to 100, or give stepWeights");
        }
        return even(step, analysis.at("maxWeight").integer(ALL, 0, Integer.MAX_VALUE));
    }

    /// 20 to a maximum of 50 gives 20, 40, 60: the maximum says when to promote, not where to stop.
    private static List<Integer> even(int step, int max) {
        int end = Math.min(max == 0 ? ALL : max, ALL);
        var weights = new ArrayList<Integer>();
        for (int weight = 0; weight < end; ) {
            weight = Math.min(ALL, weight + step);
            weights.add(weight);
        }
        return weights;
    }

    private static List<Integer> listed(Field listed) {
        var weights = new ArrayList<Integer>();
        int before = 0;
        for (Field item : listed.items()) {
            int weight = Math.min(ALL, item.integer(0, Integer.MIN_VALUE, Integer.MAX_VALUE));
            if (weight <= before) {
                throw item.wrong(
                        "more than " + before + " and at most 100: each weight is greater than the one before");
            }
            weights.add(weight);
            before = weight;
        }
        return weights;
    }

    private static Check check(Field metric) {
        metric.map();
        var name = metric.at("name").text("");
        if (name.isEmpty()) {
            throw metric.at("name").wrong("the metric's name");
        }
        boolean own = !Check.isBuiltIn(name)
                || metric.at("query").asks()
                || metric.at("templateRef").asks();
        var range = metric.at("thresholdRange").map();
        var check = new Check(
                name,
                range.at("min").number(),
                range.at("max").number(),
                metric.at("interval").duration(WINDOW, SECOND),
                own);
        if (!own && check.min().isEmpty() && check.max().isEmpty()) {
            throw metric.at("thresholdRange").wrong("a map with min, max or both");
        }
        return check;
    }
}
