package dev.haldane.postrender.candidate;

import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;

/// One port of a Service, read.
///
/// @param number   0 where it is no number from 1 to 65535
/// @param name     `""` if it has none, or if duplicate keys leave open which one is meant
/// @param target   number or name of the container's port
/// @param misnamed whether its name stands twice
record ServicePort(int number, String name, Node target, String appProtocol, boolean misnamed) {
    private static final int LAST = 65535;

    static ServicePort of(Node node) {
        int number = number(node.text("port").orElse(""));
        boolean misnamed = node instanceof Mapping m && m.doubled().contains("name");
        return new ServicePort(
                number,
                misnamed ? "" : node.text("name").orElse(""),
                node.at("targetPort").filter(ServicePort::isGiven).orElse(Scalar.of(number)),
                node.text("appProtocol").orElse(""),
                misnamed);
    }

    private static boolean isGiven(Node target) {
        return target instanceof Scalar s
                && s.type() != Node.ScalarType.NULL
                && !s.text().isEmpty();
    }

    static boolean isTcp(Node port) {
        return port.text("protocol").orElse("TCP").equals("TCP");
    }

    /// The number that a text says; 0 where it is none of 1 to 65535.
    static int number(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        int number = Integer.parseInt(text);
        return number <= LAST ? number : 0;
    }

    String targetText() {
        return target instanceof Scalar s ? s.text() : "";
    }

    /// What appProtocol says, else the name, else the numbers.
    Protocol declared() {
        var protocol = Protocol.ofAppProtocol(appProtocol);
        if (protocol == Protocol.SILENT) {
            protocol = Protocol.ofName(name);
        }
        if (protocol == Protocol.SILENT) {
            protocol = Protocol.ofNumber(number);
        }
        return protocol == Protocol.SILENT ? Protocol.ofNumber(number(targetText())) : protocol;
    }

    /// The name under which Istio will take it for what it is.
    String tellingName() {
        if (Protocol.ofName(name) == Protocol.HTTP) {
            return name;
        }
        return appProtocol.startsWith("grpc") ? "grpc" : "http";
    }
}
