package dev.haldane.postrender.upgrade;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A Canary in the words of `flagger.app/v1beta1`: `canaryAnalysis` is `analysis`, a metric has a `thresholdRange`
/// instead of a `threshold`, and the two built-in checks have the names that they have had since April 2019.
public final class UpgradedCanary {
    private static final String SUCCESS_RATE = "request-success-rate";
    private static final String DURATION = "request-duration";
    private static final String OLD_ANALYSIS = "canaryAnalysis";

    /// The seconds that Istio 1.5 has replaced by milliseconds.
    private static final String SECONDS = "istio_request_duration_seconds_bucket";

    /// The series that the checks were called after, in Istio and in App Mesh.
    private static final Map<String, String> NAMES = Map.of(
            "istio_requests_total",
            SUCCESS_RATE,
            "envoy_cluster_upstream_rq",
            SUCCESS_RATE,
            SECONDS,
            DURATION,
            "istio_request_duration_milliseconds_bucket",
            DURATION,
            "envoy_cluster_upstream_rq_time_bucket",
            DURATION);

    private UpgradedCanary() {}

    /// The first check whose own query asks for a series that Istio no longer has, so that it finds no value; `""` for
    /// that of a MetricTemplate.
    public static Optional<String> queryOfOld(Manifest manifest) {
        if (asksForSeconds(manifest.root().map("spec"))) {
            return Optional.of("");
        }
        return manifest.root().items("spec", "analysis", "metrics").stream()
                .filter(UpgradedCanary::asksForSeconds)
                .map(metric -> metric.text("name").orElse(""))
                .findFirst();
    }

    private static boolean asksForSeconds(Node metric) {
        return metric.text("query").filter(query -> query.contains(SECONDS)).isPresent();
    }

    public static Manifest of(Manifest canary) {
        var renamed = withAnalysis(canary);
        var upgraded = renamed.withItems(List.of("spec", "analysis", "metrics"), UpgradedCanary::metric);
        if (upgraded.at("spec", "analysis").orElse(Scalar.NULL) instanceof Mapping analysis) {
            upgraded = upgraded.with(List.of("spec", "analysis"), withOneWay(withWhatIsRequired(analysis)));
        }
        return ModernReference.in(ModernReference.in(upgraded, "spec", "targetRef"), "spec", "autoscalerRef");
    }

    /// What Flagger took for none; today both fields are required.
    private static Mapping withWhatIsRequired(Mapping analysis) {
        var timed = analysis.get("interval").isPresent() ? analysis : analysis.with("interval", "60s");
        return timed.get("threshold").isPresent() ? timed : timed.with("threshold", Scalar.of(1));
    }

    /// Today an analysis counts iterations or moves weights, and is refused if it says both. Of both, Flagger counted.
    private static Mapping withOneWay(Mapping analysis) {
        if (analysis.get("iterations").isEmpty()) {
            return analysis;
        }
        boolean none =
                analysis.text("iterations").filter(count -> !count.equals("0")).isEmpty();
        boolean weights = analysis.get("stepWeight").isPresent()
                || analysis.get("stepWeights").isPresent();
        if (none) {
            return weights ? analysis.without("iterations") : analysis;
        }
        return analysis.without("stepWeight").without("stepWeights");
    }

    /// Of both spellings Flagger reads the new one.
    private static Manifest withAnalysis(Manifest canary) {
        var spec = canary.root().map("spec");
        if (spec.get(OLD_ANALYSIS).isEmpty()) {
            return canary;
        }
        return spec.get("analysis").isPresent()
                ? canary.without(List.of("spec", OLD_ANALYSIS))
                : canary.with(List.of("spec"), spec.renamed(OLD_ANALYSIS, "analysis"));
    }

    /// A check with a query of its own keeps its name: under a built-in one the built-in check would be made as well.
    private static Node metric(Node metric) {
        if (!(metric instanceof Mapping map)) {
            return metric;
        }
        boolean own = map.get("query").isPresent() || map.get("templateRef").isPresent();
        var name = map.text("name").orElse("");
        var today = own ? name : NAMES.getOrDefault(name, name);
        var upgraded = today.equals(name) ? map : map.with("name", today);
        var limit = map.text("threshold");
        if (limit.isEmpty()) {
            return upgraded;
        }
        if (map.get("thresholdRange").isPresent()) {
            return upgraded.without("threshold");
        }
        var bound = today.equals(SUCCESS_RATE) ? "min" : "max";
        return renamed(upgraded, "threshold", "thresholdRange", bound);
    }

    /// `threshold: 99` becomes `thresholdRange: {min: 99}` where it stood.
    private static Mapping renamed(Mapping map, String key, String name, String below) {
        var entries = new LinkedHashMap<String, Node>();
        map.entries().forEach((each, value) -> {
            boolean same = each.equals(key);
            entries.put(same ? name : each, same ? Mapping.EMPTY.with(below, value) : value);
        });
        return new Mapping(entries, map.doubled());
    }
}
