package dev.haldane.webhook.demo.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.haldane.webhook.demo.mesh.RouteTable.ServiceName;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What the mesh knows of the cluster: watches VirtualServices and Services for the routes, and pods for the backends.
final class MeshView implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SharedIndexInformer<GenericKubernetesResource> virtualServices;
    private final SharedIndexInformer<Service> services;
    private final SharedIndexInformer<Pod> pods;
    private volatile RouteTable routes = RouteTable.EMPTY;

    MeshView(KubernetesClient client, String namespace, Backends backends) {
        virtualServices = client.genericKubernetesResources("networking.istio.io/v1", "VirtualService")
                .inNamespace(namespace)
                .inform(new Each<>(_ -> update(), _ -> update()));
        services = client.services().inNamespace(namespace).inform(new Each<>(_ -> update(), _ -> update()));
        pods = client.pods().inNamespace(namespace).inform(new Each<>(backends::seen, backends::gone));
        update();
    }

    RouteTable routes() {
        return routes;
    }

    private synchronized void update() {
        if (virtualServices == null || services == null) {
            return;
        }
        List<VirtualService> known = virtualServices.getStore().list().stream()
                .map(object -> VirtualService.read(JSON.<JsonNode>valueToTree(object)))
                .toList();
        Map<ServiceName, Map<String, String>> selectors = new HashMap<>();
        for (Service service : services.getStore().list()) {
            Map<String, String> selector = service.getSpec().getSelector();
            selectors.put(
                    new ServiceName(
                            service.getMetadata().getNamespace(),
                            service.getMetadata().getName()),
                    selector == null ? Map.of() : Map.copyOf(selector));
        }
        routes = new RouteTable(known, selectors);
    }

    @Override
    public void close() {
        List.of(virtualServices, services, pods).forEach(SharedIndexInformer::close);
    }

    private record Each<T>(Consumer<T> there, Consumer<T> gone) implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            there.accept(object);
        }

        @Override
        public void onUpdate(T before, T after) {
            there.accept(after);
        }

        @Override
        public void onDelete(T object, boolean unknown) {
            gone.accept(object);
        }
    }
}
