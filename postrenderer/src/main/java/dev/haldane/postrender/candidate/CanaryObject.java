package dev.haldane.postrender.candidate;

import dev.haldane.postrender.config.RolloutDefaults.MetricDefaults;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.ScalarType;
import dev.haldane.postrender.manifest.Node.Sequence;
import dev.haldane.postrender.manifest.Node.Style;
import dev.haldane.postrender.rule.Marks;
import java.util.List;

/// The Canary that is added for a Deployment.
public final class CanaryObject {

    private CanaryObject() {}

    /// @param delegating whether a static entry hands requests over to the loop's VirtualService; else hosts and
    /// gateways
    ///                   stand in the Canary
    public static Manifest of(Candidate candidate, Settings settings, boolean delegating) {
        var deployment = candidate.deployment();
        var spec = Mapping.EMPTY.with("provider", settings.provider()).with("targetRef", reference(deployment));
        if (candidate.autoscaler().isPresent()) {
            spec = spec.with("autoscalerRef", reference(candidate.autoscaler().get()));
        }
        spec = spec.with("progressDeadlineSeconds", Scalar.of(settings.progressDeadlineSeconds()))
                .with("service", service(candidate, settings, delegating))
                .with("analysis", analysis(settings));
        return object("flagger.app/v1beta1", "Canary", deployment.name(), deployment)
                .with(List.of("spec"), spec);
    }

    /// A new object beside another one, marked as ours.
    public static Manifest object(String apiVersion, String kind, String name, Manifest neighbour) {
        var metadata = Mapping.EMPTY.with("name", name);
        if (!neighbour.namespace().isEmpty()) {
            metadata = metadata.with("namespace", neighbour.namespace());
        }
        metadata = metadata.with("annotations", Mapping.EMPTY.with(Marks.INJECTED_BY, Marks.HALDANE));
        return new Manifest(
                Mapping.EMPTY.with("apiVersion", apiVersion).with("kind", kind).with("metadata", metadata));
    }

    private static Mapping reference(Manifest manifest) {
        return Mapping.EMPTY
                .with("apiVersion", manifest.apiVersion())
                .with("kind", manifest.kind())
                .with("name", manifest.name());
    }

    private static Mapping service(Candidate candidate, Settings settings, boolean delegating) {
        var port = candidate.port();
        var service = Mapping.EMPTY
                .with("name", candidate.apex().name())
                .with("port", Scalar.of(port.number()))
                .with("portName", port.name())
                .with("targetPort", port.target());
        if (delegating) {
            return service.with("delegation", Scalar.of(true));
        }
        service = settings.hosts().isEmpty() ? service : service.with("hosts", texts(settings.hosts()));
        return settings.gateways().isEmpty() ? service : service.with("gateways", texts(settings.gateways()));
    }

    private static Mapping analysis(Settings settings) {
        return Mapping.EMPTY
                .with("interval", settings.interval())
                .with("threshold", Scalar.of(settings.threshold()))
                .with("maxWeight", Scalar.of(settings.maxWeight()))
                .with("stepWeight", Scalar.of(settings.stepWeight()))
                .with(
                        "metrics",
                        new Sequence(settings.metrics().stream()
                                .map(CanaryObject::metric)
                                .toList()));
    }

    private static Node metric(MetricDefaults metric) {
        var range = Mapping.EMPTY;
        range = metric.min().isEmpty() ? range : range.with("min", number(metric.min()));
        range = metric.max().isEmpty() ? range : range.with("max", number(metric.max()));
        return Mapping.EMPTY
                .with("name", metric.name())
                .with("thresholdRange", range)
                .with("interval", metric.interval());
    }

    private static Scalar number(String text) {
        return new Scalar(text.contains(".") ? ScalarType.FLOAT : ScalarType.INTEGER, text, Style.PLAIN);
    }

    static Sequence texts(List<String> texts) {
        return new Sequence(texts.stream().map(text -> (Node) Scalar.of(text)).toList());
    }
}
