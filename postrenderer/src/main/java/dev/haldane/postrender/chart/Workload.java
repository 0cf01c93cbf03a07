package dev.haldane.postrender.chart;

import dev.haldane.postrender.candidate.Candidate;
import dev.haldane.postrender.candidate.Selector;
import dev.haldane.postrender.chart.Labels.Entry;
import dev.haldane.postrender.chart.template.SourceLine;
import dev.haldane.postrender.manifest.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A Deployment of a chart that gets a Canary: where it and its Service stand, and their names as the templates
/// write them.
///
/// @param chart     prefix of the helpers that we define for the whole chart
/// @param prefix    of those that we define for it
/// @param candidate what it is with the chart's own values
/// @param scaler    the HorizontalPodAutoscaler that targets it, on or off
/// @param label     the label that tells its primary's pods from its canary's
/// @param selector  the Service's selector
record Workload(
        String chart,
        String prefix,
        Candidate candidate,
        Part deployment,
        Part service,
        Optional<Part> scaler,
        PortText port,
        String label,
        Labels selector) {

    /// @param suffix tells its helpers from those of the chart's other Deployments; `""` if there are none
    static Workload of(String suffix, Candidate candidate, Rendered rendered, Anatomy chart) {
        Part deployment = part(candidate.deployment(), rendered);
        Part service = part(candidate.apex(), rendered);
        String label = Selector.key(candidate.deployment()).orElseThrow();
        String prefix = chart.source().name() + ".canary";
        return new Workload(
                prefix,
                suffix.isEmpty() ? prefix : prefix + "." + suffix,
                candidate,
                deployment,
                service,
                scaler(deployment, chart),
                PortText.of(service, candidate.port(), rendered.interpreter()),
                label,
                Labels.below(service.outline(), service.find("spec", "selector"), chart.helpers()));
    }

    Borrowed target() {
        return deployment.borrow("metadata", "name");
    }

    Borrowed apex() {
        return service.borrow("metadata", "name");
    }

    Borrowed replicas() {
        return deployment.borrow("spec", "replicas");
    }

    /// Asks whether the switch is on, anywhere in a file: `.` may be another value there.
    String on() {
        return "include \"" + prefix + ".on\" $";
    }

    /// Asks whether the chart's values want canaries, whatever is rendered.
    String enabled() {
        return "include \"" + chart + ".enabled\" $";
    }

    /// Under which conditions both are there.
    Guards guards() {
        return Guards.of(deployment).and(Guards.of(service));
    }

    /// The lines of the Service that select by the telling label; by a helper, if they say so.
    List<Entry> selecting() {
        return selector.of(label);
    }

    /// The helper that writes the Service's selector; empty if it stands there itself.
    Optional<String> selectorHelper() {
        return selecting().stream()
                .map(Entry::helper)
                .filter(helper -> !helper.isEmpty())
                .findFirst();
    }

    private static Part part(Manifest manifest, Rendered rendered) {
        return rendered.objects().entrySet().stream()
                .filter(entry -> entry.getValue().equals(manifest))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Part> scaler(Part deployment, Anatomy chart) {
        Borrowed target = deployment.borrow("metadata", "name");
        return chart.ofKind("HorizontalPodAutoscaler").stream()
                .filter(scaler -> {
                    List<SourceLine> names = scaler.find("spec", "scaleTargetRef", "name");
                    return !names.isEmpty()
                            && Borrowed.from(scaler.outline(), names).same(target);
                })
                .findFirst();
    }
}
