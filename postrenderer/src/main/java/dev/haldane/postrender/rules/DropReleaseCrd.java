package dev.haldane.postrender.rules;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rule.Scene;
import java.util.List;
import java.util.Set;

/// Takes out the definition of the release notes that [DropRelease] takes out. Off by default: where Jenkins X itself
/// is installed it needs the definition, and to delete it deletes every Release in the cluster.
final class DropReleaseCrd implements Rule {

    @Override
    public String id() {
        return "drop-release-crd";
    }

    @Override
    public String sentence() {
        return "takes out the CustomResourceDefinition of jenkins.io Releases, too";
    }

    @Override
    public Stage stage() {
        return Stage.DROP;
    }

    @Override
    public boolean onByDefault() {
        return false;
    }

    /// Admission cannot make an object disappear, and a chart brings the definition in a file of its own.
    @Override
    public boolean at(Door door) {
        return door != Door.ADMISSION && door != Door.CHART;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("CustomResourceDefinition");
    }

    @Override
    public Answer apply(Manifest manifest, Scene scene) {
        boolean ofRelease = manifest.is("apiextensions.k8s.io", "CustomResourceDefinition")
                && manifest.name().equals("releases.jenkins.io");
        return ofRelease
                ? new Answer.Becomes(List.of(), "definition of the release notes of Jenkins X")
                : Answer.same();
    }
}
