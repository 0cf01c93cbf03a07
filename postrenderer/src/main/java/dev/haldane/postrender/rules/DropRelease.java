package dev.haldane.postrender.rules;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rule.Scene;
import java.util.List;
import java.util.Set;

/// Takes out the release notes that Jenkins X renders into each chart, which clusters without its CRD refuse. Five
/// other API groups have a kind Release: the group is compared whole.
final class DropRelease implements Rule {

    @Override
    public String id() {
        return "drop-release";
    }

    @Override
    public String sentence() {
        return "takes out the jenkins.io Release objects that Jenkins X renders into charts";
    }

    @Override
    public Stage stage() {
        return Stage.DROP;
    }

    /// Admission cannot make an object disappear.
    @Override
    public boolean at(Door door) {
        return door != Door.ADMISSION;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("Release");
    }

    @Override
    public Answer apply(Manifest manifest, Scene scene) {
        return manifest.is("jenkins.io", "Release")
                ? new Answer.Becomes(List.of(), "release notes of Jenkins X, which clusters without its CRD refuse")
                : Answer.same();
    }
}
