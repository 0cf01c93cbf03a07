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
public record Apex(
        String name,
        int port,
        String portName,
        String targetPort,
        List<String> hosts,
        List<String> gateways,
        boolean delegation) {

    public Apex {
        hosts = List.copyOf(hosts);
        gateways = List.copyOf(gateways);
    }

    public String primary() {
        return name + "-primary";
    }

    public String canary() {
        return name + "-canary";
    }
}
