package dev.haldane.postrender.plan;

import java.util.ArrayList;
import java.util.List;

/// What a Canary may ask for and `haldane serve` does not do yet, so that it refuses the object. A test in `webhook`
/// compares this with what the server says.
final class NotYet {
    private static final int ALL = 100;

    private static final List<String> SPEC =
            List.of("metricsServer", "ingressRef", "routeRef", "upstreamRef", "revertOnDeletion");
    private static final List<String> SERVICE = List.of(
            "appProtocol",
            "portDiscovery",
            "headless",
            "timeout",
            "backendTimeout",
            "gatewayRefs",
            "trafficPolicy",
            "match",
            "rewrite",
            "retries",
            "headers",
            "mirror",
            "corsPolicy");
    private static final List<String> ANALYSIS =
            List.of("iterations", "match", "mirror", "webhooks", "stepWeightPromotion", "sessionAffinity");
    private static final List<String> READY = List.of("primaryReadyThreshold", "canaryReadyThreshold");
    private static final List<String> METRIC = List.of("query", "templateRef", "templateVariables");

    private NotYet() {}

    /// The fields, with what stands there where that is what matters.
    static List<String> in(Field spec) {
        var found = new ArrayList<String>();
        unlessIs(spec.at("provider"), "istio", found);
        unlessIs(spec.at("targetRef", "kind"), "Deployment", found);
        unlessIs(spec.at("autoscalerRef", "kind"), "HorizontalPodAutoscaler", found);
        asked(spec, SPEC, found);
        asked(spec.at("autoscalerRef"), List.of("primaryScalerReplicas"), found);
        asked(spec.at("service"), SERVICE, found);
        var analysis = spec.at("analysis");
        asked(analysis, ANALYSIS, found);
        for (String ready : READY) {
            if (analysis.at(ready).integer(ALL, 0, ALL) != ALL) {
                found.add(analysis.at(ready).name());
            }
        }
        for (Field metric : analysis.at("metrics").items()) {
            asked(metric, METRIC, found);
            if (!Check.isBuiltIn(metric.at("name").text(""))) {
                found.add(metric.at("name").name() + " " + metric.at("name").text(""));
            }
        }
        return List.copyOf(found);
    }

    private static void unlessIs(Field field, String only, List<String> found) {
        var given = field.text(only);
        if (!given.equals(only)) {
            found.add(field.name() + " " + given);
        }
    }

    private static void asked(Field parent, List<String> names, List<String> found) {
        for (String name : names) {
            if (parent.at(name).asks()) {
                found.add(parent.at(name).name());
            }
        }
    }
}
