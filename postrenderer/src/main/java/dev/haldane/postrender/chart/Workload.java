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
/// @param whole     how its things are said if they cannot be borrowed line by line
/// @param own       whether the Canary is the chart's own
record Workload(
        String chart,
        String prefix,
        Candidate candidate,
        Part deployment,
        Part service,
        Optional<Part> scaler,
        PortText port,
        String label,
        Labels selector,
        Optional<WholeFiles> whole,
        boolean own) {

    /// @param suffix tells its helpers from those of the chart's other Deployments; `""` if there are none
    static Workload of(String suffix, Candidate candidate, Rendered rendered, Anatomy chart, boolean own) {
        Part deployment = part(candidate.deployment(), rendered);
        Part service = part(candidate.apex(), rendered);
        String label = Selector.key(candidate.deployment()).orElseThrow();
        String prefix = prefix(chart);
        return new Workload(
                prefix,
                suffix.isEmpty() ? prefix : prefix + "." + suffix,
                candidate,
                deployment,
                service,
                scaler(deployment, chart),
                PortText.of(service, candidate.port(), rendered.interpreter()),
                label,
                labels(label, service, chart),
                Optional.empty(),
                own);
    }

    private static Labels labels(String label, Part service, Anatomy chart) {
        var labels = Labels.below(service.outline(), service.find("spec", "selector"), chart.helpers());
        if (labels.of(label).isEmpty()) {
            throw new UnsupportedShape(
                    1, "the line of the label " + label + " in its Service's selector cannot be told");
        }
        return labels;
    }

    /// The same for templates that cannot be edited line by line.
    static Workload whole(String suffix, Candidate candidate, Rendered rendered, Anatomy chart) {
        Part deployment = part(candidate.deployment(), rendered);
        Part service = part(candidate.apex(), rendered);
        for (Part part : List.of(deployment, service)) {
            if (chart.parts().stream()
                            .filter(other -> other.file().equals(part.file()))
                            .count()
                    != 1) {
                throw new UnsupportedShape(1, part.file() + " has several objects");
            }
        }
        String label = Selector.key(candidate.deployment()).orElseThrow();
        String chartPrefix = prefix(chart);
        String prefix = suffix.isEmpty() ? chartPrefix : chartPrefix + "." + suffix;
        var whole = new WholeFiles(prefix, label, candidate);
        List<Part> scalers = chart.ofKind("HorizontalPodAutoscaler");
        boolean single = scalers.size() == 1 && chart.ofKind("Deployment").size() == 1;
        Optional<Part> scaler = single
                ? Optional.of(scalers.getFirst())
                : candidate.autoscaler().map(manifest -> part(manifest, rendered));
        return new Workload(
                chartPrefix,
                prefix,
                candidate,
                deployment,
                service,
                scaler,
                whole.port(),
                label,
                new Labels(List.of()),
                Optional.of(whole),
                false);
    }

    /// Of the helpers that we define for a chart.
    static String prefix(Anatomy chart) {
        return chart.source().name() + ".canary";
    }

    /// Asks whether a chart's values want canaries.
    static String enabled(Anatomy chart) {
        return "include \"" + prefix(chart) + ".enabled\" $";
    }

    Borrowed target() {
        return whole.map(files -> files.name("deployment")).orElseGet(() -> deployment.borrow("metadata", "name"));
    }

    /// Where one of the two says that it is.
    Borrowed namespace(Part part) {
        String kind = part.equals(service) ? "service" : "deployment";
        return whole.map(files -> files.namespace(kind)).orElseGet(() -> part.borrow("metadata", "namespace"));
    }

    /// The value of the telling label, without `-primary`.
    String labelText() {
        if (whole.isPresent()) {
            return whole.get().labelText();
        }
        Entry entry = selecting().getFirst();
        if (entry.helper().isEmpty()) {
            var lines = selecting().stream().map(Entry::line).toList();
            return Borrowed.from(service.outline(), lines).text();
        }
        return "{{ index (fromYaml (include \"" + entry.helper() + "\" .)) \"" + label + "\" }}";
    }

    Borrowed apex() {
        return whole.map(files -> files.name("service")).orElseGet(() -> service.borrow("metadata", "name"));
    }

    Borrowed replicas() {
        return whole.map(WholeFiles::replicas).orElseGet(() -> deployment.borrow("spec", "replicas"));
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
        return whole.map(WholeFiles::guards)
                .orElseGet(() -> Guards.of(deployment).and(Guards.of(service)));
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
