package dev.haldane.webhook.demo.mesh;

import dev.haldane.webhook.demo.http.LoopbackServer;
import dev.haldane.webhook.demo.mesh.RouteTable.ServiceName;
import dev.haldane.webhook.demo.prometheus.Labels;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The mesh of one namespace: its gateway, and the processes of its pods.
public final class Mesh implements AutoCloseable {

    private final Backends backends;
    private final MeshView view;
    private final Gateway gateway;
    private final LoopbackServer server;
    private final IstioMetrics metrics = new IstioMetrics();

    private Mesh(Settings settings, KubernetesClient client) throws IOException {
        backends = new Backends(settings.behaviours());
        view = new MeshView(client, settings.namespace(), backends);
        gateway = new Gateway(settings.gateway(), view::routes, backends, metrics);
        server = LoopbackServer.start("gateway", settings.port(), gateway::pass);
    }

    /// @param gateway    its name in VirtualServices; `mesh` takes requests as from inside
    /// @param port       of the gateway, 0 for any that is free
    /// @param behaviours how each version of the application answers
    public record Settings(String namespace, String gateway, int port, Function<String, Behaviour> behaviours) {}

    public static Mesh start(Settings settings, KubernetesClient client) throws IOException {
        return new Mesh(settings, client);
    }

    /// Where requests go in.
    public URI uri() {
        return server.uri();
    }

    /// What Prometheus reads.
    public Map<Labels, Double> counters() {
        return metrics.read();
    }

    /// The share of requests that a VirtualService sends to a Service, in percent, as the gateway obeys it now.
    public Optional<Integer> weight(String namespace, String virtualService, String service) {
        return view.routes().weight(new ServiceName(namespace, virtualService), service);
    }

    @Override
    public void close() {
        server.close();
        gateway.close();
        view.close();
        backends.close();
    }
}
