package dev.haldane.postrender.rules;

import dev.haldane.postrender.candidate.Qualifier;
import dev.haldane.postrender.candidate.Selector;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Marks;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rule.Scene;
import java.util.List;
import java.util.Set;

/// Takes out of the manifests what the loop moves: the replicas of the target go to an annotation, and the Service in
/// front of it has the selector that it will have for good. Only so can the same manifests be applied again, by any
/// tool and at any time, without a conflict and without a change to what serves traffic.
final class OwnFields implements Rule {
    private static final List<String> REPLICAS = List.of("spec", "replicas");

    @Override
    public String id() {
        return "own-fields";
    }

    @Override
    public String sentence() {
        return "takes the replicas out of a canary's Deployment and points its Service at the primary, for re-applying";
    }

    @Override
    public Stage stage() {
        return Stage.OWN;
    }

    /// What comes through admission alone keeps its fields: they are held there, not moved.
    @Override
    public boolean at(Door door) {
        return door != Door.ADMISSION;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("Canary", "Deployment", "Service");
    }

    @Override
    public Answer apply(Manifest manifest, Scene scene) {
        if (Qualifier.isDeployment(manifest)) {
            return deployment(manifest, scene.bundle());
        }
        return manifest.is("", "Service") ? service(manifest, scene.bundle()) : Answer.same();
    }

    private static Answer deployment(Manifest deployment, Bundle bundle) {
        var canary = new Qualifier(bundle).canaryOf(deployment).filter(Marks::isInjected);
        if (canary.isEmpty()) {
            return Answer.same();
        }
        var replicas = deployment.text("spec", "replicas");
        if (replicas.isPresent()) {
            var moved = deployment.without(REPLICAS).withAnnotation(Marks.REPLICAS, replicas.get());
            return new Answer.Becomes(List.of(moved), "replicas " + replicas.get() + " are in an annotation now");
        }
        boolean scaled = canary.get().at("spec", "autoscalerRef").isPresent();
        if (scaled || deployment.annotation(Marks.REPLICAS).isPresent()) {
            return Answer.same();
        }
        return new Answer.Becomes(
                List.of(deployment.withAnnotation(Marks.REPLICAS, "1")), "an annotation says its replicas: 1");
    }

    private static Answer service(Manifest service, Bundle bundle) {
        for (Manifest canary : bundle.of("flagger.app", "Canary")) {
            boolean ours = Marks.isInjected(canary)
                    && bundle.together(canary, service)
                    && canary.text("spec", "service", "name")
                            .filter(service.name()::equals)
                            .isPresent();
            if (ours) {
                var target = canary.text("spec", "targetRef", "name").orElse("");
                return bundle.find("apps", "Deployment", target, canary)
                        .flatMap(Selector::key)
                        .map(key -> atPrimary(service, key))
                        .orElse(Answer.same());
            }
        }
        return Answer.same();
    }

    private static Answer atPrimary(Manifest service, String key) {
        var value = service.text("spec", "selector", key).orElse("");
        if (value.isEmpty() || value.endsWith(Marks.PRIMARY)) {
            return Answer.same();
        }
        var changed = service.with(List.of("spec", "selector", key), value + Marks.PRIMARY)
                .withAnnotation(Marks.CHANGED, "selector");
        return new Answer.Becomes(List.of(changed), "selects " + key + ": " + value + Marks.PRIMARY);
    }
}
