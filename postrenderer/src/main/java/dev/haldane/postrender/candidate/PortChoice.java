package dev.haldane.postrender.candidate;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Marks;
import dev.haldane.postrender.rule.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Which port of a Service speaks HTTP or gRPC: what it says itself, else what the probes ask, else what is usual;
/// among several the one that an Ingress or a VirtualService names, else the one named `http`. Never simply the
/// first: Istio's own gateway has its status port there.
final class PortChoice {
    static final String PORT = Marks.PREFIX + "port";

    private final Manifest deployment;
    private final Manifest service;
    private final Bundle bundle;

    /// One port, or why there is none.
    sealed interface Choice {
        record Port(HttpPort port) implements Choice {}

        record NoPort(Reason reason, String detail) implements Choice {}
    }

    PortChoice(Manifest deployment, Manifest service, Bundle bundle) {
        this.deployment = deployment;
        this.service = service;
        this.bundle = bundle;
    }

    Choice choose() {
        var all = service.root().items("spec", "ports");
        var ports = new ArrayList<ServicePort>();
        all.stream().filter(ServicePort::isTcp).map(ServicePort::of).forEach(ports::add);
        var wanted = deployment.annotation(PORT);
        var left = wanted.isPresent() ? named(ports, wanted.get()) : speaking(ports);
        if (left.size() > 1) {
            left = narrowed(left);
        }
        if (left.isEmpty()) {
            return new Choice.NoPort(Reason.NO_HTTP_PORT, remedy());
        }
        if (left.size() > 1) {
            return new Choice.NoPort(Reason.SEVERAL_HTTP_PORTS, remedy());
        }
        var port = left.getFirst();
        if (port.number() == 0) {
            return new Choice.NoPort(Reason.PORT_NOT_A_NUMBER, "Service/" + service.name());
        }
        return new Choice.Port(new HttpPort(port.number(), port.tellingName(), port.target(), all.size() == 1));
    }

    private String remedy() {
        return "name a port of Service/" + service.name() + " http or http-…, or say " + PORT + ": \"<number>\"";
    }

    private static List<ServicePort> named(List<ServicePort> ports, String wanted) {
        return ports.stream()
                .filter(port -> port.name().equals(wanted) || port.number() == ServicePort.number(wanted))
                .toList();
    }

    private List<ServicePort> speaking(List<ServicePort> ports) {
        var declared = only(ports, port -> port.declared() == Protocol.HTTP);
        if (!declared.isEmpty()) {
            return declared;
        }
        var silent = only(ports, port -> port.declared() == Protocol.SILENT);
        boolean misnamed = silent.stream().anyMatch(ServicePort::misnamed);
        if (misnamed && silent.size() > 1) {
            silent = only(silent, port -> !port.misnamed());
        }
        var probed = only(silent, this::isProbed);
        return probed.isEmpty() ? only(silent, PortChoice::isUsual) : probed;
    }

    private static boolean isUsual(ServicePort port) {
        return Protocol.USUAL.contains(port.number()) || Protocol.USUAL.contains(ServicePort.number(port.targetText()));
    }

    /// Whether a probe asks the container's port by HTTP or gRPC.
    private boolean isProbed(ServicePort port) {
        for (Node container : deployment.root().items("spec", "template", "spec", "containers")) {
            for (String probe : List.of("readinessProbe", "livenessProbe", "startupProbe")) {
                var asked = container
                        .text(probe, "httpGet", "port")
                        .or(() -> container.text(probe, "grpc", "port"))
                        .orElse("");
                boolean https =
                        container.text(probe, "httpGet", "scheme").orElse("").equals("HTTPS");
                if (!https && !asked.isEmpty() && isSamePort(container, asked, port.targetText())) {
                    return true;
                }
            }
        }
        return false;
    }

    /// By number or name, each of which may stand for the other.
    private static boolean isSamePort(Node container, String asked, String target) {
        return asked.equals(target)
                || container.items("ports").stream().anyMatch(port -> {
                    var number = port.text("containerPort").orElse("");
                    var name = port.text("name").orElse("");
                    return (asked.equals(name) && target.equals(number))
                            || (asked.equals(number) && target.equals(name));
                });
    }

    private List<ServicePort> narrowed(List<ServicePort> ports) {
        var named = namedByOthers();
        var asked = only(ports, port -> named.contains(port.name()) || named.contains(Integer.toString(port.number())));
        return asked.size() == 1 ? asked : only(ports, port -> port.name().equals("http"), ports);
    }

    /// Ports, by name or number, to which an Ingress or a VirtualService sends requests for this Service.
    private List<String> namedByOthers() {
        var named = new ArrayList<String>();
        for (Manifest ingress : bundle.ofKind("Ingress")) {
            if (bundle.together(ingress, service)) {
                IngressBackends.of(ingress, service.name()).forEach(named::add);
            }
        }
        for (Manifest route : bundle.of("networking.istio.io", "VirtualService")) {
            for (Node destination : Destinations.of(route)) {
                if (Destinations.isTo(destination, route, service, bundle)) {
                    destination.text("port", "number").ifPresent(named::add);
                }
            }
        }
        return named;
    }

    private static List<ServicePort> only(List<ServicePort> ports, Predicate<ServicePort> which) {
        return ports.stream().filter(which).toList();
    }

    private static List<ServicePort> only(
            List<ServicePort> ports, Predicate<ServicePort> which, List<ServicePort> otherwise) {
        var some = only(ports, which);
        return some.isEmpty() ? otherwise : some;
    }
}
