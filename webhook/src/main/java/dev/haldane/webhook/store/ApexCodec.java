package dev.haldane.webhook.store;

import dev.haldane.webhook.canary.Apex;
import dev.haldane.webhook.canary.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads `spec.service`.
final class ApexCodec {

    private static final String NOT_YET = "is not supported";
    private static final int LAST_PORT = 65535;

    private static final List<String> METADATA = List.of("apex", "primary", "canary", "unmanagedMetadata");

    private static final Set<String> KNOWN = Set.of(
            "name",
            "port",
            "portName",
            "targetPort",
            "hosts",
            "gateways",
            "delegation",
            "apex",
            "primary",
            "canary",
            "unmanagedMetadata",
            "trafficDistribution",
            "meshName",
            "backends");

    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("appProtocol", NOT_YET),
            Map.entry("portDiscovery", NOT_YET),
            Map.entry("headless", NOT_YET),
            Map.entry("timeout", NOT_YET),
            Map.entry("backendTimeout", NOT_YET),
            Map.entry("gatewayRefs", "is not supported: only Istio routes requests"),
            Map.entry("trafficPolicy", NOT_YET),
            Map.entry("match", NOT_YET),
            Map.entry("rewrite", NOT_YET),
            Map.entry("retries", NOT_YET),
            Map.entry("headers", NOT_YET),
            Map.entry("mirror", NOT_YET),
            Map.entry("corsPolicy", NOT_YET));

    private ApexCodec() {}

    static Apex read(Field service, Target target, List<String> ignored) {
        service.object(KNOWN, REFUSED);
        for (var name : METADATA) {
            CanaryCodec.ignore(service.at(name), "labels and annotations are not copied", ignored);
        }
        CanaryCodec.ignore(service.at("trafficDistribution"), "Services are made without it", ignored);
        CanaryCodec.ignore(service.at("meshName"), "only App Mesh has it", ignored);
        CanaryCodec.ignore(service.at("backends"), "only App Mesh has them", ignored);
        if (!service.at("port").given()) {
            throw service.at("port").wrong("the Service's port");
        }
        int port = service.at("port").integer(0, 1, LAST_PORT);
        var name = service.at("name").text(target.name());
        boolean delegation = service.at("delegation").flag();
        return new Apex(
                name,
                port,
                service.at("portName").text("http"),
                targetPort(service.at("targetPort"), port),
                hosts(service.at("hosts"), name, delegation),
                gateways(service.at("gateways"), delegation),
                delegation,
                List.of());
    }

    private static String targetPort(Field field, int port) {
        if (field.value().isNumber()) {
            return String.valueOf(field.integer(port, 1, LAST_PORT));
        }
        return field.text(String.valueOf(port));
    }

    /// The Service's own name is a host too, so that callers in the mesh get the same routes.
    private static List<String> hosts(Field field, String apex, boolean delegation) {
        var hosts = new ArrayList<>(field.texts());
        if (delegation) {
            noneUnderDelegation(field, hosts);
        } else if (!hosts.contains(apex) && !hosts.contains("*")) {
            hosts.add(apex);
        }
        return hosts;
    }

    private static List<String> gateways(Field field, boolean delegation) {
        var gateways = field.texts();
        if (delegation) {
            noneUnderDelegation(field, gateways);
            return List.of();
        }
        return gateways.isEmpty() ? List.of("mesh") : gateways;
    }

    private static void noneUnderDelegation(Field field, List<String> given) {
        if (!given.isEmpty()) {
            throw field.wrong("absent while spec.service.delegation is true: they stand in the VirtualService that"
                    + " delegates");
        }
    }
}
