package dev.haldane.postrender.rules;

import dev.haldane.postrender.label.LabelRewrite;
import dev.haldane.postrender.label.StableNames;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Reason;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rule.Scene;
import java.util.List;
import java.util.Set;

/// Takes the Helm release's name out of the labels that name an application, in every object that carries or selects
/// them. Off by default, because the selector of a Deployment that exists cannot change: it is for a first install.
///
/// The labels that name the release itself (`release`, `app.kubernetes.io/instance`) stay: tools find what they own by
/// them, and two releases of a chart in one namespace differ by nothing else.
final class FixAppLabel implements Rule {
    private static final Set<String> TEXTS = Set.of("ConfigMap", "PrometheusRule", "MetricTemplate", "ScaledObject");

    @Override
    public String id() {
        return "fix-app-label";
    }

    @Override
    public String sentence() {
        return "takes the Helm release's name out of app labels and selectors; for first installs";
    }

    @Override
    public Stage stage() {
        return Stage.LABEL;
    }

    @Override
    public boolean onByDefault() {
        return false;
    }

    /// What is in the cluster has its labels already.
    @Override
    public boolean at(Door door) {
        return door != Door.ADMISSION;
    }

    @Override
    public Set<String> kinds() {
        return Set.of();
    }

    @Override
    public Answer apply(Manifest manifest, Scene scene) {
        var names = StableNames.of(scene.bundle(), scene.release());
        if (names.renamed().isEmpty() && names.taken().isEmpty()) {
            return Answer.same();
        }
        var changed = new LabelRewrite(names.renamed()).of(manifest);
        if (!changed.equals(manifest)) {
            return new Answer.Becomes(List.of(changed), "labels without release name " + names.release());
        }
        var taken = LabelRewrite.labelIn(manifest, names.taken());
        if (taken.isPresent()) {
            return new Answer.Refused(Reason.LABEL_TAKEN, taken.get());
        }
        return TEXTS.contains(manifest.kind())
                ? mentions(manifest.root(), names.renamed().keySet())
                : Answer.same();
    }

    private static Answer mentions(Node node, Set<String> values) {
        return values.stream()
                .filter(value -> LabelRewrite.mentions(node, "\"" + value + "\""))
                .findFirst()
                .<Answer>map(value -> new Answer.Refused(Reason.LABEL_IN_TEXT, value))
                .orElse(Answer.same());
    }
}
