package dev.haldane.e2e.rollout;

import dev.haldane.webhook.cluster.Kind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// All that has happened to the Canary of one namespace, in order, as watches tell it: what was said, which phases it
/// went through, and which weights its routes have had.
final class Chronicle implements AutoCloseable {

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<String> phases = new CopyOnWriteArrayList<>();
    private final List<Integer> weights = new CopyOnWriteArrayList<>();
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

    Chronicle(KubernetesClient client, String namespace) {
        informers.add(client.events().v1().events().inNamespace(namespace).inform(new Each<Event>(this::heard)));
        informers.add(client.genericKubernetesResources(context(Kind.CANARY))
                .inNamespace(namespace)
                .inform(new Each<GenericKubernetesResource>(this::moved)));
        informers.add(client.genericKubernetesResources(context(Kind.VIRTUAL_SERVICE))
                .inNamespace(namespace)
                .inform(new Each<GenericKubernetesResource>(this::routed)));
    }

    private void heard(Event event) {
        var about = event.getRegarding();
        if (about != null && "Canary".equals(about.getKind())) {
            events.add(event.getNote());
        }
    }

    private void moved(GenericKubernetesResource canary) {
        if (canary.get("status", "phase") instanceof String phase) {
            add(phases, phase);
        }
    }

    private void routed(GenericKubernetesResource routes) {
        if (routes.get("spec", "http", 0, "route", 1, "weight") instanceof Number weight) {
            add(weights, weight.intValue());
        }
    }

    private static <T> void add(List<T> history, T now) {
        if (history.isEmpty() || !history.getLast().equals(now)) {
            history.add(now);
        }
    }

    /// Texts, each as often as it was said; without the waiting for pods, which may or may not be long enough to be
    /// spoken of.
    List<String> events() {
        return events.stream().filter(text -> !text.contains(" not ready: ")).toList();
    }

    List<String> phases() {
        return List.copyOf(phases);
    }

    /// Percent of the requests that go to the canary; each change once.
    List<Integer> weights() {
        return List.copyOf(weights);
    }

    /// Begins anew.
    void forget() {
        events.clear();
        phases.clear();
        weights.clear();
    }

    private static ResourceDefinitionContext context(Kind kind) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(kind.group())
                .withVersion(kind.version())
                .withKind(kind.kind())
                .withPlural(kind.plural())
                .withNamespaced(true)
                .build();
    }

    private record Each<T extends HasMetadata>(Consumer<T> seen) implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            seen.accept(object);
        }

        @Override
        public void onUpdate(T before, T after) {
            var same = before.getMetadata()
                    .getResourceVersion()
                    .equals(after.getMetadata().getResourceVersion());
            if (!same) {
                seen.accept(after);
            }
        }

        @Override
        public void onDelete(T object, boolean unknown) {}
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }
}
