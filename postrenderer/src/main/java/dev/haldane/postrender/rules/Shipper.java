package dev.haldane.postrender.rules;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Reason;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rule.Scene;
import dev.haldane.postrender.shipper.Mended;
import dev.haldane.postrender.shipper.ShipperChart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes a chart's objects such that [Shipper](https://github.com/bookingcom/shipper) takes them. A mode rather than a
/// rule: Shipper moves traffic itself, so that the rules which inject a canary are off beside it ([ShipperMode]).
final class Shipper implements Rule {
    static final String ID = "shipper";

    private static final String HOOK = "helm.sh/hook";

    /// Hooks that run beside an installation anyhow.
    private static final Set<String> INSTALLING =
            Set.of("pre-install", "post-install", "pre-upgrade", "post-upgrade", "crd-install");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "makes charts such that Shipper takes them: one Deployment, one lasting Service, plain Kubernetes kinds";
    }

    @Override
    public Stage stage() {
        return Stage.SHIP;
    }

    @Override
    public boolean onByDefault() {
        return false;
    }

    /// Nothing can be dropped at admission, and Shipper reads no chart there.
    @Override
    public boolean at(Door door) {
        return door != Door.ADMISSION && door != Door.CHART;
    }

    @Override
    public boolean looksAtHooks() {
        return true;
    }

    @Override
    public boolean wantsOneObjectADocument() {
        return true;
    }

    @Override
    public Set<String> kinds() {
        return Set.of();
    }

    @Override
    public Answer apply(Manifest manifest, Scene scene) {
        var hook = manifest.annotation(HOOK);
        if (hook.isPresent()
                && Arrays.stream(hook.get().split(",")).map(String::strip).noneMatch(INSTALLING::contains)) {
            return dropped("Shipper knows no hooks and would run this " + hook.get() + " at once");
        }
        if (manifest.is("autoscaling", "HorizontalPodAutoscaler")) {
            return dropped("Shipper sets the number of replicas itself");
        }
        var mended = Mended.of(manifest, scene.bundle(), scene.release());
        if (mended.isEmpty()) {
            return dropped("Shipper reads only what is built into Kubernetes 1.17, not " + manifest.apiVersion());
        }
        return answer(manifest, mended.get(), missing(manifest, scene));
    }

    private static Answer answer(Manifest before, Mended mended, Optional<Answer.Refused> missing) {
        var done = new ArrayList<>(mended.done());
        if (!mended.object().apiVersion().equals(before.apiVersion())) {
            done.addFirst("was " + before.apiVersion() + ", which Shipper does not read");
        }
        var left = mended.left().or(() -> missing);
        return Answer.of(before, mended.object(), String.join(", ", done), left);
    }

    /// What is not there at all is said once, at the first object.
    private static Optional<Answer.Refused> missing(Manifest manifest, Scene scene) {
        boolean none =
                ShipperChart.of(scene.bundle(), scene.release()).deployments().isEmpty();
        return none && manifest.equals(scene.bundle().all().getFirst())
                ? Optional.of(new Answer.Refused(Reason.SHIPPER_DEPLOYMENTS, "there is none"))
                : Optional.empty();
    }

    private static Answer dropped(String why) {
        return new Answer.Becomes(List.of(), why);
    }
}
