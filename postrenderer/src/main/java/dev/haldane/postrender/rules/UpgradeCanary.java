package dev.haldane.postrender.rules;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Reason;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rule.Scene;
import dev.haldane.postrender.upgrade.UpgradedCanary;
import java.util.Set;

/// Brings Canaries of 2018 to 2020 into today's form, so that the rules after it see one form only. Not undone by
/// uninject: no cluster serves what they were.
final class UpgradeCanary implements Rule {
    private static final String GROUP = "flagger.app";
    private static final String TODAY = GROUP + "/v1beta1";

    @Override
    public String id() {
        return "upgrade-canary";
    }

    @Override
    public String sentence() {
        return "brings Canaries of v1alpha1 to v1alpha3, and the metric names of 2019, to v1beta1";
    }

    @Override
    public Stage stage() {
        return Stage.UPGRADE;
    }

    /// A chart with a Canary of its own is left as it is.
    @Override
    public boolean at(Door door) {
        return door != Door.CHART;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("Canary", "MetricTemplate");
    }

    @Override
    public Answer apply(Manifest manifest, Scene scene) {
        boolean canary = manifest.is(GROUP, "Canary");
        if (!canary && !manifest.is(GROUP, "MetricTemplate")) {
            return Answer.same();
        }
        var upgraded = canary ? UpgradedCanary.of(manifest) : manifest;
        // A review must not change the version that was asked for; the API server stores the newest anyhow.
        if (scene.door() != Door.ADMISSION) {
            upgraded = upgraded.withApiVersion(TODAY);
        }
        var left = UpgradedCanary.queryOfOld(upgraded).map(name -> new Answer.Refused(Reason.SECONDS_QUERY, name));
        var why = "in the words of " + TODAY + ", was " + manifest.apiVersion();
        return Answer.of(manifest, upgraded, why, left);
    }
}
