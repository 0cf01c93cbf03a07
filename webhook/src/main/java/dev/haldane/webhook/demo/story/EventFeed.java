package dev.haldane.webhook.demo.story;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The Canary's events as `kubectl get events -w` would show them.
final class EventFeed implements AutoCloseable {

    private final List<Event> seen = new CopyOnWriteArrayList<>();
    private final SharedIndexInformer<Event> events;

    /// @param told each event when it comes, and again when it is counted again
    EventFeed(KubernetesClient client, Consumer<Event> told) {
        events = client.v1()
                .events()
                .inNamespace(Place.NAMESPACE)
                .withField("involvedObject.name", Place.TARGET)
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(Event event) {
                        seen.add(event);
                        told.accept(event);
                    }

                    @Override
                    public void onUpdate(Event before, Event after) {
                        told.accept(after);
                    }

                    @Override
                    public void onDelete(Event event, boolean unknown) {
                        // Events expire; what was said was said.
                    }
                });
    }

    boolean said(String reason, String message) {
        return seen.stream()
                .anyMatch(event ->
                        event.getReason().equals(reason) && event.getMessage().equals(message));
    }

    @Override
    public void close() {
        events.close();
    }
}
