package dev.haldane.postrender.shipper;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import java.util.List;
import java.util.function.UnaryOperator;

/// An Ingress for Shipper: in `networking.k8s.io/v1beta1`, and with the name that the Service has got.
final class ShipperIngress {
    private static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";
    private static final List<String> CLASS = List.of("spec", "ingressClassName");

    private ShipperIngress() {}

    /// A `networking.k8s.io/v1` one in the words of before. `pathType` may stay: who does not know it ignores it.
    static Manifest older(Manifest ingress) {
        var older = ingress.withApiVersion("networking.k8s.io/v1beta1");
        if (older.at("spec", "defaultBackend").isPresent()) {
            older = older.with(List.of("spec"), older.root().map("spec").renamed("defaultBackend", "backend"));
        }
        older = withBackends(older, ShipperIngress::olderBackend)
                .withItems(
                        List.of("spec", "rules"),
                        rule -> rule.withItems(List.of("http", "paths"), ShipperIngress::path));
        var name = older.text("spec", "ingressClassName");
        return name.isPresent() ? older.without(CLASS).withAnnotation(CLASS_ANNOTATION, name.get()) : older;
    }

    /// Without the type that none is taken for.
    private static Node path(Node path) {
        return path.text("pathType").filter("ImplementationSpecific"::equals).isPresent()
                ? path.without(List.of("pathType"))
                : path;
    }

    /// With another name for one of the Services behind it.
    static Manifest renamed(Manifest ingress, String service, String name) {
        return withBackends(
                ingress,
                backend -> backend.text("serviceName").filter(service::equals).isPresent()
                        ? backend.with(List.of("serviceName"), Node.Scalar.of(name))
                        : backend);
    }

    private static Manifest withBackends(Manifest ingress, UnaryOperator<Node> change) {
        var spec = ingress.root().map("spec");
        var whole = spec.get("backend").isPresent()
                ? ingress.with(List.of("spec", "backend"), change.apply(spec.map("backend")))
                : ingress;
        return whole.withItems(
                List.of("spec", "rules"),
                rule -> rule.withItems(
                        List.of("http", "paths"),
                        path -> path.at("backend").isPresent()
                                ? path.with(List.of("backend"), change.apply(path.map("backend")))
                                : path));
    }

    /// `{service: {name, port: {number}}}` becomes `{serviceName, servicePort}`.
    private static Node olderBackend(Node backend) {
        var service = backend.map("service");
        if (!(backend instanceof Mapping map) || service.entries().isEmpty()) {
            return backend;
        }
        var older = map.renamed("service", "serviceName")
                .with("serviceName", service.text("name").orElse(""));
        return service.at("port", "number")
                .or(() -> service.at("port", "name"))
                .map(port -> older.with("servicePort", port))
                .orElse(older);
    }
}
