package dev.haldane.postrender.rules;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Reason;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rule.Scene;
import dev.haldane.postrender.upgrade.ModernObject;
import java.util.List;
import java.util.Set;

/// Brings objects whose API is gone from Kubernetes to the one that is there, and leaves all others alone. Not undone
/// by uninject: no cluster takes what they were.
final class Modernise implements Rule {

    @Override
    public String id() {
        return "modernise";
    }

    @Override
    public String sentence() {
        return "brings Deployments, autoscalers, Ingresses and budgets of APIs that Kubernetes has dropped to v1 and v2";
    }

    @Override
    public Stage stage() {
        return Stage.UPGRADE;
    }

    /// What the API server has in its hand is served by it.
    @Override
    public boolean at(Door door) {
        return door != Door.ADMISSION;
    }

    @Override
    public Set<String> kinds() {
        return ModernObject.kinds();
    }

    @Override
    public Answer apply(Manifest manifest, Scene scene) {
        if (ModernObject.cannotSelect(manifest)) {
            return new Answer.Refused(Reason.NO_POD_LABELS, manifest.apiVersion());
        }
        var modern = ModernObject.of(manifest);
        if (modern.equals(manifest)) {
            return Answer.same();
        }
        var why = manifest.apiVersion().equals(modern.apiVersion())
                ? "refers to an API that is there"
                : "was " + manifest.apiVersion() + ", which is gone from Kubernetes";
        return new Answer.Becomes(List.of(modern), why);
    }
}
