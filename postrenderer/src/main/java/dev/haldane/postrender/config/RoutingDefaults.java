package dev.haldane.postrender.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which Istio objects stand in the manifests beside a Canary, and who else gets a share of the requests.
///
/// @param weighted whether one VirtualService with both destinations stands there (`virtualService: weighted`) instead
///                 of an entry that delegates
/// @param gateway  the Gateway that is added; empty: none
/// @param preview  what previews and staging environments get of production's requests
public record RoutingDefaults(boolean weighted, Optional<GatewayDefaults> gateway, List<PreviewDefaults> preview) {

    public RoutingDefaults {
        preview = List.copyOf(preview);
    }

    /// An entry that delegates, no Gateway, no previews.
    public static RoutingDefaults builtIn() {
        return new RoutingDefaults(false, Optional.empty(), List.of());
    }

    /// An Istio [Gateway](https://istio.io/latest/docs/reference/config/networking/gateway/) in its own terms.
    ///
    /// @param name     with `{app}` for the Service's name
    /// @param selector labels of the gateway's pods
    /// @param servers  at least one
    public record GatewayDefaults(String name, Map<String, String> selector, List<ServerDefaults> servers) {
        public GatewayDefaults {
            selector = Map.copyOf(selector);
            servers = List.copyOf(servers);
        }
    }

    /// @param port     number
    /// @param portName `""`: the protocol and the number make one
    /// @param hosts    with `{app}` for the Service's name; empty: those of the VirtualService
    /// @param tls      empty: none
    public record ServerDefaults(
            int port, String portName, String protocol, List<String> hosts, Optional<TlsDefaults> tls) {
        public ServerDefaults {
            hosts = List.copyOf(hosts);
        }

        public static ServerDefaults plain() {
            return new ServerDefaults(80, "http", "HTTP", List.of(), Optional.empty());
        }
    }

    /// @param mode           `""`: none
    /// @param credentialName of the Secret with the certificate; `""`: none
    /// @param httpsRedirect  answer 301 to plain HTTP
    public record TlsDefaults(String mode, String credentialName, boolean httpsRedirect) {}

    /// @param app       name of production's Service, or of its Deployment
    /// @param namespace of the preview, whose Service has the same name
    /// @param percent   of production's requests, 1 to 99
    public record PreviewDefaults(String app, String namespace, int percent) {}
}
