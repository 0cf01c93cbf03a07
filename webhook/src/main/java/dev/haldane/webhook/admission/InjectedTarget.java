package dev.haldane.webhook.admission;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Bundle;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The Deployment for whose sake an object is added.
final class InjectedTarget {

    private static final List<String> MANAGED_BY = List.of("metadata", "labels", "app.kubernetes.io/managed-by");
    private static final List<String> RELEASE = List.of("metadata", "annotations", "meta.helm.sh/release-name");
    private static final List<String> RELEASE_NAMESPACE =
            List.of("metadata", "annotations", "meta.helm.sh/release-namespace");

    private InjectedTarget() {}

    /// @param object   a Canary, or the VirtualService of a Canary's Service
    /// @param canaries those that are there and those that are being added
    static Optional<Manifest> of(Manifest object, Collection<Manifest> canaries, Bundle around) {
        return canaries.stream()
                .filter(canary -> canary.equals(object) || isEntryOf(object, canary))
                .flatMap(canary -> canary.text("spec", "targetRef", "name").stream())
                .flatMap(name -> around.find("apps", "Deployment", name, object).stream())
                .findFirst();
    }

    private static boolean isEntryOf(Manifest object, Manifest canary) {
        var apex = canary.text("spec", "service", "name").orElse("");
        return object.root().items("spec", "http").stream()
                .anyMatch(rule ->
                        rule.text("delegate", "name").filter(apex::equals).isPresent());
    }

    /// Another controller writes the replicas of its Deployment all the time.
    static boolean belongsToAnOperator(Manifest deployment) {
        return deployment.root().items("metadata", "ownerReferences").stream()
                .anyMatch(
                        owner -> owner.text("controller").filter("true"::equals).isPresent());
    }

    /// Helm takes over an object that it did not make only if the object names the release. So a chart that comes
    /// through the post-renderer one day may bring the Canary that stands here already.
    static Manifest released(Manifest object, Manifest deployment) {
        var released = object;
        for (var path : List.of(MANAGED_BY, RELEASE, RELEASE_NAMESPACE)) {
            var value = deployment.root().at(path);
            if (value.isEmpty()) {
                return object;
            }
            released = released.with(path, value.get());
        }
        return released;
    }
}
