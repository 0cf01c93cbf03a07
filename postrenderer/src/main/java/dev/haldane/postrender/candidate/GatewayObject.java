package dev.haldane.postrender.candidate;

import dev.haldane.postrender.config.RoutingDefaults.GatewayDefaults;
import dev.haldane.postrender.config.RoutingDefaults.ServerDefaults;
import dev.haldane.postrender.config.RoutingDefaults.TlsDefaults;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// The Istio Gateway through which requests come in, where the configuration asks for one.
public final class GatewayObject {

    private GatewayObject() {}

    /// @param name      without `{app}`
    /// @param hosts     of servers that name none themselves
    /// @param neighbour in whose namespace it stands
    public static Manifest of(GatewayDefaults gateway, String name, List<String> hosts, Manifest neighbour) {
        var selector = Mapping.EMPTY;
        for (var label : new TreeMap<>(gateway.selector()).entrySet()) {
            selector = selector.with(label.getKey(), label.getValue());
        }
        var servers = gateway.servers().stream()
                .map(server -> server(server, hosts, neighbour.name()))
                .toList();
        var spec = Mapping.EMPTY.with("selector", selector).with("servers", new Sequence(servers));
        return CanaryObject.object("networking.istio.io/v1", "Gateway", name, neighbour)
                .with(List.of("spec"), spec);
    }

    private static Node server(ServerDefaults server, List<String> hosts, String app) {
        var name = server.portName().isEmpty()
                ? server.protocol().toLowerCase(Locale.ROOT) + "-" + server.port()
                : server.portName();
        var port = Mapping.EMPTY
                .with("number", Scalar.of(server.port()))
                .with("name", name)
                .with("protocol", server.protocol());
        var own =
                server.hosts().stream().map(host -> host.replace("{app}", app)).toList();
        var node = Mapping.EMPTY.with("port", port).with("hosts", CanaryObject.texts(own.isEmpty() ? hosts : own));
        return server.tls().isPresent() ? node.with("tls", tls(server.tls().get())) : node;
    }

    private static Mapping tls(TlsDefaults tls) {
        var node = tls.mode().isEmpty() ? Mapping.EMPTY : Mapping.EMPTY.with("mode", tls.mode());
        node = tls.credentialName().isEmpty() ? node : node.with("credentialName", tls.credentialName());
        return tls.httpsRedirect() ? node.with("httpsRedirect", Scalar.of(true)) : node;
    }
}
