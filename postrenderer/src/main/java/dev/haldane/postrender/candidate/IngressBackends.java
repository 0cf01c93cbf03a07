package dev.haldane.postrender.candidate;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// To which port of a Service an Ingress sends requests, in the forms of v1 and of the betas before it.
final class IngressBackends {

    private IngressBackends() {}

    /// Names and numbers.
    static List<String> of(Manifest ingress, String service) {
        var backends = new ArrayList<Node>();
        ingress.at("spec", "defaultBackend").ifPresent(backends::add);
        ingress.at("spec", "backend").ifPresent(backends::add);
        for (Node rule : ingress.root().items("spec", "rules")) {
            for (Node path : rule.items("http", "paths")) {
                path.at("backend").ifPresent(backends::add);
            }
        }
        return backends.stream()
                .filter(backend -> name(backend).filter(service::equals).isPresent())
                .flatMap(backend -> port(backend).stream())
                .toList();
    }

    private static Optional<String> name(Node backend) {
        return backend.text("service", "name").or(() -> backend.text("serviceName"));
    }

    private static Optional<String> port(Node backend) {
        return backend.text("service", "port", "number")
                .or(() -> backend.text("service", "port", "name"))
                .or(() -> backend.text("servicePort"));
    }
}
