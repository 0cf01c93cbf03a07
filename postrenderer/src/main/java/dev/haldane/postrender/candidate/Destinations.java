package dev.haldane.postrender.candidate;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.rule.Bundle;
import java.util.ArrayList;
import java.util.List;

/// Where an Istio VirtualService sends requests.
public final class Destinations {

    private Destinations() {}

    /// All `destination`s of its HTTP, TCP and TLS routes.
    public static List<Node> of(Manifest virtualService) {
        var destinations = new ArrayList<Node>();
        for (String protocol : List.of("http", "tcp", "tls")) {
            for (Node rule : virtualService.root().items("spec", protocol)) {
                destinations.addAll(ofRule(rule));
            }
        }
        return destinations;
    }

    public static List<Node> ofRule(Node rule) {
        return rule.items("route").stream()
                .flatMap(route -> route.at("destination").stream())
                .toList();
    }

    /// Whether a destination is that Service: by its short name in the same namespace, or by any of its longer ones.
    public static boolean isTo(Node destination, Manifest virtualService, Manifest service, Bundle bundle) {
        return isHost(destination.text("host").orElse(""), virtualService, service, bundle);
    }

    /// Whether a host name means that Service.
    public static boolean isHost(String host, Manifest virtualService, Manifest service, Bundle bundle) {
        if (!host.contains(".")) {
            return host.equals(service.name()) && bundle.together(virtualService, service);
        }
        var rest = host.startsWith(service.name() + ".")
                ? host.substring(service.name().length() + 1)
                : "";
        int dot = rest.indexOf('.');
        var namespace = dot < 0 ? rest : rest.substring(0, dot);
        boolean cluster = dot < 0 || rest.startsWith(".svc", dot);
        return cluster && !namespace.isEmpty() && bundle.mayBeIn(service, namespace);
    }
}
