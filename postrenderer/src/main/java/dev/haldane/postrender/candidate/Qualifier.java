package dev.haldane.postrender.candidate;

import static dev.haldane.postrender.candidate.Qualification.unfit;

import dev.haldane.postrender.candidate.PortChoice.Choice.NoPort;
import dev.haldane.postrender.candidate.PortChoice.Choice.Port;
import dev.haldane.postrender.candidate.Qualification.Qualified;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Marks;
import dev.haldane.postrender.rule.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Judges Deployments, in the order in which a reader would ask: does it want to, could it have a primary beside it,
/// is there one Service in front of it, and which of its ports speaks HTTP.
public final class Qualifier {
    /// Names of Services, and values of labels.
    private static final int LONGEST = 63;

    private static final List<List<String>> TOUCHED_IN_DEPLOYMENT =
            List.of(List.of(), List.of("metadata"), List.of("metadata", "annotations"), List.of("spec"));
    private static final List<List<String>> TOUCHED_IN_SERVICE = List.of(
            List.of(),
            List.of("metadata"),
            List.of("metadata", "annotations"),
            List.of("spec"),
            List.of("spec", "selector"));

    private static final Bundle.Index CANARIES = new Bundle.Index("Canary", targets("targetRef"));
    private static final Bundle.Index AUTOSCALERS =
            new Bundle.Index("HorizontalPodAutoscaler", targets("scaleTargetRef"));
    private static final Bundle.Index SCALED_OBJECTS = new Bundle.Index("ScaledObject", targets("scaleTargetRef"));
    private static final Bundle.Index VERTICAL = new Bundle.Index("VerticalPodAutoscaler", targets("targetRef"));
    private static final Bundle.Index ROLLOUTS = new Bundle.Index("Rollout", targets("workloadRef"));
    private static final Bundle.Index SERVICES = new Bundle.Index("Service", Qualifier::anySelected);
    private static final List<Bundle.Index> WORKLOADS = Stream.of(
                    "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Rollout", "Pod")
            .map(kind -> new Bundle.Index(kind, workload -> pairs(Selector.podLabels(workload))))
            .toList();

    private final Bundle bundle;

    public Qualifier(Bundle bundle) {
        this.bundle = bundle;
    }

    public static boolean isDeployment(Manifest manifest) {
        return manifest.is("apps", "Deployment") || manifest.is("extensions", "Deployment");
    }

    public Qualification judge(Manifest deployment) {
        if (deployment.annotation(Marks.INJECT).filter("false"::equals).isPresent()) {
            return unfit(Reason.OPTED_OUT);
        }
        if (deployment.name().endsWith(Marks.PRIMARY)) {
            return unfit(Reason.IS_PRIMARY);
        }
        var canary = canaryOf(deployment);
        if (canary.isPresent()) {
            return unfit(Reason.HAS_CANARY, canary.get().label());
        }
        if (!deployment.apiVersion().equals("apps/v1")) {
            return unfit(Reason.OLD_API, deployment.apiVersion());
        }
        if (deployment.name().isEmpty()) {
            return unfit(Reason.NO_NAME);
        }
        if (bundle.isDoubled(deployment)) {
            return unfit(Reason.DUPLICATE);
        }
        if (isControlled(deployment)) {
            return unfit(Reason.OWNED);
        }
        if (deployment.name().length() + Marks.PRIMARY.length() > LONGEST) {
            return unfit(Reason.NAME_TOO_LONG);
        }
        if (deployment.text("spec", "replicas").filter("0"::equals).isPresent()) {
            return unfit(Reason.STOPPED);
        }
        if (deployment.text("spec", "paused").filter("true"::equals).isPresent()) {
            return unfit(Reason.PAUSED);
        }
        var rollout = referrer(ROLLOUTS, "argoproj.io", "workloadRef", deployment);
        return rollout.isPresent() ? unfit(Reason.OTHER_ROLLOUT, rollout.get().label()) : withSelector(deployment);
    }

    private static boolean isControlled(Manifest deployment) {
        return deployment.root().items("metadata", "ownerReferences").stream()
                .anyMatch(
                        owner -> owner.text("controller").filter("true"::equals).isPresent());
    }

    /// The Canary that watches a Deployment, if there is one.
    public Optional<Manifest> canaryOf(Manifest deployment) {
        return referrer(CANARIES, "flagger.app", "targetRef", deployment);
    }

    private Optional<Manifest> referrer(Bundle.Index index, String group, String field, Manifest deployment) {
        return bundle.find(index, deployment.name()).stream()
                .filter(referrer -> referrer.group().equals(group) && refersTo(referrer, deployment, field))
                .findFirst();
    }

    private static Function<Manifest, Collection<String>> targets(String field) {
        return referrer -> referrer.text("spec", field, "name").stream().toList();
    }

    /// One pair of a Service's selector: pods that it reaches have all of them.
    private static Collection<String> anySelected(Manifest service) {
        return pairs(service.strings("spec", "selector")).stream().limit(1).toList();
    }

    private static Collection<String> pairs(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .toList();
    }

    private boolean refersTo(Manifest referrer, Manifest deployment, String field) {
        return referrer.text("spec", field, "name")
                        .filter(deployment.name()::equals)
                        .isPresent()
                && referrer.text("spec", field, "kind").orElse("Deployment").equals("Deployment")
                && bundle.together(referrer, deployment);
    }

    private Qualification withSelector(Manifest deployment) {
        var key = Selector.key(deployment);
        if (key.isEmpty()) {
            return unfit(Reason.NO_SELECTOR);
        }
        var matchLabels = deployment.strings("spec", "selector", "matchLabels");
        var podLabels = Selector.podLabels(deployment);
        if (!podLabels.entrySet().containsAll(matchLabels.entrySet())) {
            return unfit(Reason.SELECTOR_MISMATCH);
        }
        var value = matchLabels.getOrDefault(key.get(), "");
        if (value.length() + Marks.PRIMARY.length() > LONGEST) {
            return unfit(Reason.LABEL_TOO_LONG, key.get() + ": " + value);
        }
        var doubled = doubled(deployment, TOUCHED_IN_DEPLOYMENT);
        if (doubled.isPresent()) {
            return unfit(Reason.DOUBLED_KEY, doubled.get());
        }
        var services = servicesOf(deployment);
        var twice = services.stream().filter(bundle::isDoubled).findFirst();
        if (twice.isPresent()) {
            return unfit(Reason.DUPLICATE, twice.get().label());
        }
        if (services.size() > 1) {
            return unfit(Reason.SEVERAL_SERVICES, names(services));
        }
        return services.isEmpty() ? unfit(Reason.NO_SERVICE) : withService(deployment, services.getFirst(), key.get());
    }

    /// The one Service in front of a Deployment and its HTTP port, whether or not there could be a canary behind it.
    public Optional<Candidate> front(Manifest deployment) {
        var services = servicesOf(deployment);
        if (services.size() != 1) {
            return Optional.empty();
        }
        return switch (new PortChoice(deployment, services.getFirst(), bundle).choose()) {
            case NoPort _ -> Optional.empty();
            case Port(var port) -> Optional.of(new Candidate(deployment, services.getFirst(), port, Optional.empty()));
        };
    }

    private List<Manifest> servicesOf(Manifest deployment) {
        return pairs(Selector.podLabels(deployment)).stream()
                .flatMap(label -> Stream.of(label, label + Marks.PRIMARY))
                .flatMap(label -> bundle.find(SERVICES, label).stream())
                .filter(service -> isInFrontOf(service, deployment))
                .toList();
    }

    private boolean isInFrontOf(Manifest service, Manifest deployment) {
        boolean external =
                service.text("spec", "type").filter("ExternalName"::equals).isPresent();
        return service.group().isEmpty()
                && !external
                && !isOwnedByCanary(service)
                && bundle.together(service, deployment)
                && Selector.reaches(service, Selector.podLabels(deployment));
    }

    /// Services that a rollout has made for itself.
    private static boolean isOwnedByCanary(Manifest manifest) {
        return manifest.root().items("metadata", "ownerReferences").stream()
                .anyMatch(owner -> owner.text("kind").filter("Canary"::equals).isPresent());
    }

    private Qualification withService(Manifest deployment, Manifest service, String key) {
        if (service.text("spec", "clusterIP").filter("None"::equals).isPresent()) {
            return unfit(Reason.HEADLESS, service.label());
        }
        if (service.name().length() + Marks.PRIMARY.length() > LONGEST) {
            return unfit(Reason.NAME_TOO_LONG, service.label());
        }
        if (service.text("spec", "selector", key).isEmpty()) {
            return unfit(Reason.SELECTOR_LABEL_MISSING, service.label() + " lacks " + key);
        }
        var doubled = doubled(service, TOUCHED_IN_SERVICE);
        if (doubled.isPresent()) {
            return unfit(Reason.DOUBLED_KEY, service.label() + " " + doubled.get());
        }
        var others = othersBehind(service, deployment);
        if (!others.isEmpty()) {
            return unfit(Reason.SHARED_SERVICE, service.label() + " reaches " + names(others));
        }
        return switch (new PortChoice(deployment, service, bundle).choose()) {
            case NoPort(var reason, var detail) -> unfit(reason, detail);
            case Port(var port) ->
                new SecondCopy(deployment, bundle)
                        .obstacle()
                        .orElseGet(() -> withAutoscaler(deployment, service, port));
        };
    }

    private List<Manifest> othersBehind(Manifest service, Manifest deployment) {
        var pair = anySelected(service).iterator().next();
        var plain = pair.endsWith(Marks.PRIMARY) ? pair.substring(0, pair.length() - Marks.PRIMARY.length()) : pair;
        return WORKLOADS.stream()
                .flatMap(
                        index -> Stream.of(pair, plain).distinct().flatMap(label -> bundle.find(index, label).stream()))
                .filter(other -> !other.label().equals(deployment.label()))
                .filter(other -> !other.name().equals(deployment.name() + Marks.PRIMARY))
                .filter(other -> bundle.together(other, deployment))
                .filter(other ->
                        other.root().items("metadata", "ownerReferences").isEmpty())
                .filter(other -> Selector.reaches(service, Selector.podLabels(other)))
                .toList();
    }

    private Qualification withAutoscaler(Manifest deployment, Manifest service, HttpPort port) {
        var other = referrer(SCALED_OBJECTS, "keda.sh", "scaleTargetRef", deployment)
                .or(() -> referrer(VERTICAL, "autoscaling.k8s.io", "targetRef", deployment)
                        .filter(Qualifier::acts));
        if (other.isPresent()) {
            return unfit(Reason.OTHER_AUTOSCALER, other.get().label());
        }
        var autoscaler = referrer(AUTOSCALERS, "autoscaling", "scaleTargetRef", deployment);
        return new Qualified(new Candidate(deployment, service, port, autoscaler));
    }

    /// Whether a VerticalPodAutoscaler changes pods, and does not only recommend.
    private static boolean acts(Manifest vertical) {
        return !vertical.text("spec", "updatePolicy", "updateMode").orElse("").equals("Off");
    }

    /// The first key that stands twice in one of these maps, all of which would have to change.
    private static Optional<String> doubled(Manifest manifest, List<List<String>> paths) {
        for (List<String> path : paths) {
            if (manifest.root().at(path).orElse(Mapping.EMPTY) instanceof Mapping map
                    && !map.doubled().isEmpty()) {
                var key = map.doubled().stream().sorted().findFirst().orElse("");
                return Optional.of(path.isEmpty() ? key : String.join(".", path) + "." + key);
            }
        }
        return Optional.empty();
    }

    private static String names(List<Manifest> manifests) {
        return String.join(", ", manifests.stream().map(Manifest::label).toList());
    }
}
