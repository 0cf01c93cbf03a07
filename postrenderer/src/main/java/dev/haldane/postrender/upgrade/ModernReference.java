package dev.haldane.postrender.upgrade;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A reference to another object (`targetRef`, `scaleTargetRef`, `autoscalerRef`), which must name an API that is
/// there.
final class ModernReference {
    private static final Map<String, Set<String>> OLD = Map.of(
            "apps/v1", Set.of("extensions/v1beta1", "apps/v1beta1", "apps/v1beta2"),
            "autoscaling/v2", Set.of("autoscaling/v2beta1", "autoscaling/v2beta2"));

    private ModernReference() {}

    static boolean isOld(String apiVersion) {
        return OLD.values().stream().anyMatch(old -> old.contains(apiVersion));
    }

    /// The object with the reference at `path` brought up to date.
    static Manifest in(Manifest manifest, String... path) {
        return manifest.at(path)
                .map(reference -> manifest.with(List.of(path), of(reference)))
                .orElse(manifest);
    }

    static Node of(Node reference) {
        var version = reference.text("apiVersion").orElse("");
        for (var entry : OLD.entrySet()) {
            if (entry.getValue().contains(version)) {
                return reference.with(List.of("apiVersion"), Node.Scalar.of(entry.getKey()));
            }
        }
        return reference;
    }
}
