package dev.haldane.webhook.admission.kubernetes;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Marks;
import dev.haldane.webhook.admission.LiveCanaries;
import dev.haldane.webhook.admission.LiveCanary;
import dev.haldane.webhook.admission.Neighbourhood;
import dev.haldane.webhook.admission.Trees;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.cluster.Kind;
import dev.haldane.webhook.cluster.KubeObject;
import dev.haldane.webhook.store.CanaryCodec;
import dev.haldane.webhook.store.Reading;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What reviews are answered from: the objects that rules look at, by namespace, as watches bring them.
public final class ClusterView implements LiveCanaries, Neighbourhood {

    /// The kinds that a rule looks at and that this door cares for. ReplicaSets are left out: those of Deployments
    /// count with them, and a bare one is a curiosity.
    private static final List<Kind> KINDS = List.of(
            Kind.DEPLOYMENT,
            Kind.SERVICE,
            Kind.AUTOSCALER,
            Kind.VIRTUAL_SERVICE,
            Kind.CANARY,
            new Kind("apps", "v1", "StatefulSet", "statefulsets"),
            new Kind("apps", "v1", "DaemonSet", "daemonsets"),
            new Kind("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims"),
            new Kind("networking.k8s.io", "v1", "Ingress", "ingresses"));

    private final Set<String> selected;
    private final Map<String, Map<String, Manifest>> objects = new ConcurrentHashMap<>();
    private final Map<String, Map<String, LiveCanary>> canaries = new ConcurrentHashMap<>();
    private final Map<String, String> labels = new ConcurrentHashMap<>();
    private final Map<String, Bundle> bundles = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /// @param selected namespaces of `haldane.yaml`
    public ClusterView(Collection<String> selected) {
        this.selected = Set.copyOf(selected);
    }

    /// Returns when everything that is there has been seen.
    ///
    /// @throws dev.haldane.webhook.canary.ClusterUnavailable if a kind cannot be watched
    public void watch(Cluster cluster) {
        for (var kind : KINDS) {
            cluster.listen(kind, (before, after) -> changed(kind, before, after));
        }
    }

    /// Hears the name of each namespace in which something has changed; first of all that are known.
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
        objects.keySet().forEach(listener);
    }

    /// A namespace has this label `haldane.dev/inject`, `""` for none or when it is gone.
    void labelled(String namespace, String value) {
        labels.put(namespace, value);
        tell(namespace);
    }

    private void changed(Kind kind, Optional<KubeObject> before, Optional<KubeObject> after) {
        var either = after.or(() -> before).orElseThrow();
        var namespace = either.namespace();
        var key = kind.resource() + "/" + either.name();
        var here = objects.computeIfAbsent(namespace, _ -> new ConcurrentHashMap<>());
        after.map(ClusterView::manifest).ifPresentOrElse(manifest -> here.put(key, manifest), () -> here.remove(key));
        if (kind.equals(Kind.CANARY)) {
            var live = canaries.computeIfAbsent(namespace, _ -> new ConcurrentHashMap<>());
            after.flatMap(ClusterView::canary).ifPresentOrElse(canary -> live.put(key, canary), () -> live.remove(key));
        }
        tell(namespace);
    }

    private void tell(String namespace) {
        bundles.remove(namespace);
        listeners.forEach(listener -> listener.accept(namespace));
    }

    /// Nobody here asks who manages which field, and it is a third of the object.
    private static Manifest manifest(KubeObject object) {
        return Trees.manifest(object.without("metadata", "managedFields").tree())
                .orElseThrow();
    }

    private static Optional<LiveCanary> canary(KubeObject object) {
        return switch (CanaryCodec.read(object.tree())) {
            case Reading.Nonsense _ -> Optional.empty();
            case Reading.Understood(var spec, var _) ->
                Optional.of(new LiveCanary(
                        spec,
                        object.at("status", "phase").asText(""),
                        object.at("metadata", "deletionTimestamp").isTextual()));
        };
    }

    @Override
    public boolean selects(String namespace) {
        return switch (labels.getOrDefault(namespace, "")) {
            case "true" -> true;
            case "false" -> false;
            default -> selected.contains(namespace);
        };
    }

    @Override
    public Bundle around(String namespace) {
        var known = bundles.get(namespace);
        if (known != null) {
            return known;
        }
        var bundle = Bundle.of(objects.getOrDefault(namespace, Map.of()).values(), namespace);
        bundles.put(namespace, bundle);
        return bundle;
    }

    @Override
    public Optional<LiveCanary> ofTarget(String namespace, String deployment) {
        return find(
                namespace,
                canary -> canary.spec().target().name().equals(deployment)
                        && canary.spec().target().kind().equals("Deployment"));
    }

    @Override
    public Optional<LiveCanary> ofApex(String namespace, String service) {
        return find(namespace, canary -> canary.spec().apex().name().equals(service));
    }

    private Optional<LiveCanary> find(String namespace, Predicate<LiveCanary> wanted) {
        return canaries.getOrDefault(namespace, Map.of()).values().stream()
                .filter(wanted)
                .findFirst();
    }

    @Override
    public boolean serves(String namespace, Map<String, String> selector) {
        return objects.getOrDefault(namespace, Map.of()).values().stream()
                .filter(object -> object.is("apps", "Deployment"))
                .filter(object -> object.strings("spec", "template", "metadata", "labels")
                        .entrySet()
                        .containsAll(selector.entrySet()))
                .anyMatch(object ->
                        !object.text("status", "availableReplicas").orElse("0").equals("0"));
    }

    /// The label by which a namespace asks for the rules, or forbids them.
    static final String LABEL = Marks.INJECT;
}
