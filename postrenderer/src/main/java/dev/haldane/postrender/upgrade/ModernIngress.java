package dev.haldane.postrender.upgrade;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import java.util.List;

/// An Ingress in `networking.k8s.io/v1`: backends are maps, and paths say how they match.
final class ModernIngress {
    private static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";
    private static final List<String> ANNOTATIONS = List.of("metadata", "annotations");
    private static final List<String> CLASS = List.of("spec", "ingressClassName");

    private ModernIngress() {}

    static Manifest of(Manifest ingress) {
        var modern = ingress.withApiVersion("networking.k8s.io/v1");
        if (modern.at("spec", "backend").isPresent()) {
            var spec = modern.root().map("spec").renamed("backend", "defaultBackend");
            modern = modern.with(List.of("spec"), spec.with("defaultBackend", backend(spec.map("defaultBackend"))));
        }
        return withClass(modern.withItems(List.of("spec", "rules"), ModernIngress::rule));
    }

    private static Node rule(Node rule) {
        return rule.withItems(List.of("http", "paths"), path -> {
            var modern =
                    path.at("backend").isPresent() ? path.with(List.of("backend"), backend(path.map("backend"))) : path;
            // What the betas took for none.
            return path.text("pathType").isPresent()
                    ? modern
                    : modern.with(List.of("pathType"), Scalar.of("ImplementationSpecific"));
        });
    }

    /// `{serviceName, servicePort}` becomes `{service: {name, port: {number}}}`, or `{name}` for a port that has one.
    private static Mapping backend(Mapping old) {
        if (old.get("serviceName").isEmpty() && old.get("servicePort").isEmpty()) {
            return old;
        }
        var service = Mapping.EMPTY;
        if (old.get("serviceName").isPresent()) {
            service = service.with("name", old.get("serviceName").get());
        }
        if (old.get("servicePort").isPresent()) {
            service = service.with("port", port(old.get("servicePort").get()));
        }
        var rest = old.renamed("serviceName", "service").with("service", service);
        return rest.without("servicePort");
    }

    private static Mapping port(Node port) {
        var text = port instanceof Scalar s ? s.text() : "";
        boolean number = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(Character::isDigit);
        return number
                ? Mapping.EMPTY.with("number", Scalar.of(Long.parseLong(text)))
                : Mapping.EMPTY.with("name", port);
    }

    /// The field that the annotation has become. Google's controller reads nothing but the annotation
    /// ([GKE](https://cloud.google.com/kubernetes-engine/docs/concepts/ingress#deprecated_annotation)).
    private static Manifest withClass(Manifest ingress) {
        var name = ingress.annotation(CLASS_ANNOTATION).orElse("");
        if (name.isEmpty() || name.startsWith("gce")) {
            return ingress;
        }
        boolean alone = ingress.root().map("metadata", "annotations").entries().size() == 1;
        var without = ingress.without(alone ? ANNOTATIONS : List.of("metadata", "annotations", CLASS_ANNOTATION));
        return ingress.at("spec", "ingressClassName").isPresent() ? without : without.with(CLASS, name);
    }
}
