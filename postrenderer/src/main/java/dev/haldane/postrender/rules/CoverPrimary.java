package dev.haldane.postrender.rules;

import dev.haldane.postrender.candidate.PrimaryTwin;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rule.Scene;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The pods that serve have another label, and their Services other names, than the chart's author knew. What selects
/// pods by that label, to protect them or to say who may call them, would no longer hold for them: it gets a twin.
final class CoverPrimary implements Rule {

    @Override
    public String id() {
        return "cover-primary";
    }

    @Override
    public String sentence() {
        return "adds a twin for the rollout's copies to each budget, pod monitor, network and Istio policy that names them";
    }

    @Override
    public Stage stage() {
        return Stage.OWN;
    }

    /// The server watches and writes no policies, and a template that a chart's author should edit needs no copies.
    @Override
    public boolean at(Door door) {
        return door == Door.POST_RENDER || door == Door.GITOPS;
    }

    @Override
    public Set<String> kinds() {
        var kinds = new HashSet<>(PrimaryTwin.kinds());
        kinds.addAll(Set.of("Canary", "Deployment", "Service"));
        return kinds;
    }

    @Override
    public Answer apply(Manifest manifest, Scene scene) {
        var bundle = scene.bundle();
        var added = PrimaryTwin.of(manifest, bundle).stream()
                .filter(twin -> bundle.find(twin.group(), twin.kind(), twin.name(), manifest)
                        .isEmpty())
                .toList();
        if (added.isEmpty()) {
            return Answer.same();
        }
        var all = new ArrayList<>(List.of(manifest));
        all.addAll(added);
        return new Answer.Becomes(all, "what " + manifest.label() + " says holds for the rollout's copies too");
    }
}
