package dev.haldane.postrender.rules;

import dev.haldane.postrender.label.LabelRewrite;
import dev.haldane.postrender.label.LabelTexts;
import dev.haldane.postrender.label.StableNames;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Reason;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rule.Scene;
import java.util.Optional;
import java.util.Set;

/// Takes the Helm release's name out of the labels that name an application, in every object that carries or selects
/// them. Off by default, because the selector of a Deployment that exists cannot change: it is for a first install.
///
/// The labels that name the release itself (`release`, `app.kubernetes.io/instance`) stay: tools find what they own by
/// them, and two releases of a chart in one namespace differ by nothing else.
final class FixAppLabel implements Rule {
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
        return Answer.of(manifest, changed, "labels without release name " + names.release(), left(manifest, names));
    }

    private static Optional<Answer.Refused> left(Manifest manifest, StableNames names) {
        return LabelRewrite.labelIn(manifest, names.taken())
                .map(value -> new Answer.Refused(Reason.LABEL_TAKEN, value))
                .or(() -> LabelTexts.naming(manifest, names.renamed().keySet())
                        .map(value -> new Answer.Refused(Reason.LABEL_IN_TEXT, value)));
    }
}
