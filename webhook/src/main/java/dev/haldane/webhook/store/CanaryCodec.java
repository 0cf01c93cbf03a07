package dev.haldane.webhook.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.haldane.postrender.candidate.Previews;
import dev.haldane.postrender.rule.Marks;
import dev.haldane.webhook.canary.CanaryId;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.Preview;
import dev.haldane.webhook.canary.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads Canary objects of all versions of `flagger.app`, v1alpha1 to v1beta1: they share one schema, so the fields
/// decide and not the version. What a field asks for is done, or the object is refused, or (where it changes neither
/// judgement nor routing) it is named as ignored; nothing is passed over in silence.
public final class CanaryCodec {

    private static final String GROUP = "flagger.app/";
    private static final int DEFAULT_DEADLINE_SECONDS = 600;

    private static final Set<String> SPEC = Set.of(
            "provider",
            "targetRef",
            "autoscalerRef",
            "progressDeadlineSeconds",
            "service",
            "analysis",
            "canaryAnalysis",
            "skipAnalysis",
            "suspend");

    private static final Map<String, String> SPEC_REFUSED = Map.of(
            "metricsServer", "is not supported: the server's own --metrics-server is asked for all Canaries",
            "ingressRef", "is not supported: only Istio routes requests",
            "routeRef", "is not supported: only Istio routes requests",
            "upstreamRef", "is not supported: only Istio routes requests",
            "revertOnDeletion", "is not supported");

    private CanaryCodec() {}

    /// Reads one object as the API has it. Never throws.
    public static Reading read(JsonNode object) {
        var ignored = new ArrayList<String>();
        try {
            return new Reading.Understood(spec(Field.root(object), ignored), ignored);
        } catch (FieldProblem problem) {
            return new Reading.Nonsense(problem.sentence());
        }
    }

    private static CanarySpec spec(Field root, List<String> ignored) {
        var apiVersion = root.at("apiVersion").text("");
        if (!apiVersion.startsWith(GROUP)) {
            throw root.at("apiVersion").wrong("flagger.app/v1beta1 or an earlier version of it");
        }
        if (!root.at("kind").text("").equals("Canary")) {
            throw root.at("kind").wrong("Canary");
        }
        var metadata = root.at("metadata");
        var id = new CanaryId(
                metadata.at("namespace").text("default"), metadata.at("name").requiredText("the object's name"));
        var spec = root.at("spec").object(SPEC, SPEC_REFUSED);
        istio(spec.at("provider"));
        var target = target(spec.at("targetRef"));
        return new CanarySpec(
                id,
                metadata.at("uid").text(""),
                apiVersion,
                target,
                autoscaler(spec.at("autoscalerRef"), ignored),
                ApexCodec.read(spec.at("service"), target, ignored).withPreviews(previews(metadata, id)),
                AnalysisCodec.read(
                        analysis(spec, ignored), spec.at("skipAnalysis").flag(), ignored),
                Duration.ofSeconds(
                        spec.at("progressDeadlineSeconds").integer(DEFAULT_DEADLINE_SECONDS, 1, Integer.MAX_VALUE)),
                spec.at("skipAnalysis").flag(),
                spec.at("suspend").flag());
    }

    private static List<Preview> previews(Field metadata, CanaryId id) {
        var field = metadata.at("annotations").at(Marks.PREVIEW);
        try {
            var shares = Previews.parse(field.text("")).shares();
            if (shares.stream().anyMatch(share -> share.namespace().equals(id.namespace()))) {
                throw field.wrong("of other namespaces than " + id.namespace() + ", which is production's own");
            }
            return shares.stream()
                    .map(share -> new Preview(share.namespace(), share.percent()))
                    .toList();
        } catch (Previews.Malformed e) {
            throw field.wrong(e.wanted());
        }
    }

    private static void istio(Field provider) {
        if (!provider.text("istio").equals("istio")) {
            throw provider.wrong("istio: no other mesh or ingress is supported");
        }
    }

    private static Target target(Field ref) {
        ref.object(Set.of("apiVersion", "kind", "name"), Map.of());
        var kind = ref.at("kind").requiredText("Deployment");
        if (!kind.equals("Deployment")) {
            throw ref.at("kind").wrong("Deployment: no other kind is supported");
        }
        return new Target(
                ref.at("apiVersion").text("apps/v1"), kind, ref.at("name").requiredText("the Deployment's name"));
    }

    private static Optional<String> autoscaler(Field ref, List<String> ignored) {
        if (!ref.given()) {
            return Optional.empty();
        }
        ref.object(
                Set.of("apiVersion", "kind", "name", "primaryScalerQueries"),
                Map.of("primaryScalerReplicas", "is not supported"));
        if (!ref.at("kind").text("HorizontalPodAutoscaler").equals("HorizontalPodAutoscaler")) {
            throw ref.at("kind").wrong("HorizontalPodAutoscaler: no other kind is supported");
        }
        ignore(ref.at("primaryScalerQueries"), "only a ScaledObject has queries", ignored);
        return Optional.of(ref.at("name").requiredText("the autoscaler's name"));
    }

    /// `canaryAnalysis` is what `analysis` was called before v1beta1, and counts only where that is absent.
    private static Field analysis(Field spec, List<String> ignored) {
        if (!spec.at("analysis").given()) {
            return spec.at("canaryAnalysis").given() ? spec.at("canaryAnalysis") : spec.at("analysis");
        }
        ignore(spec.at("canaryAnalysis"), "spec.analysis is there", ignored);
        return spec.at("analysis");
    }

    static void ignore(Field field, String why, List<String> ignored) {
        if (field.asks()) {
            ignored.add(field.path() + " is ignored: " + why);
        }
    }
}
