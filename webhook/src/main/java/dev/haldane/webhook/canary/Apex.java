package dev.haldane.webhook.canary;

import java.util.List;

/// The Service that users call, and how requests from outside find it (`spec.service`).
///
/// @param name       the Service's name; the target's where the Canary gives none
/// @param port       the Service's port, 1 to 65535
/// @param portName   the port's name, `http` by default
/// @param targetPort number or name of the container's port
/// @param hosts      hosts of the VirtualService; empty under delegation
/// @param gateways   gateways of the VirtualService; empty under delegation
/// @param delegation true where a static entry delegates to the VirtualService that we own
/// @param previews   who else gets a share of the requests; together 99 % at most
public record Apex(
        String name,
        int port,
        String portName,
        String targetPort,
        List<String> hosts,
        List<String> gateways,
        boolean delegation,
        List<Preview> previews) {

    public Apex {
        hosts = List.copyOf(hosts);
        gateways = List.copyOf(gateways);
        previews = List.copyOf(previews);
    }

    public Apex withPreviews(List<Preview> others) {
        return new Apex(name, port, portName, targetPort, hosts, gateways, delegation, others);
    }

    public String primary() {
        return name + "-primary";
    }

    public String canary() {
        return name + "-canary";
    }
}
