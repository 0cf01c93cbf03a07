package dev.haldane.postrender.shipper;

import dev.haldane.postrender.candidate.Selector;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.rule.Reason;
import dev.haldane.postrender.rule.Rule.Answer.Refused;
import dev.haldane.postrender.upgrade.ModernWorkload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Deployment of which Shipper makes one a release: its name says which, and its selector is one that labels can
/// be added to.
final class ShipperDeployment {
    /// As long as Helm lets names become.
    private static final int LONGEST = 63;

    private static final List<String> MATCH_LABELS = List.of("spec", "selector", "matchLabels");

    private final Manifest deployment;
    private final ShipperChart chart;

    ShipperDeployment(Manifest deployment, ShipperChart chart) {
        this.deployment = deployment;
        this.chart = chart;
    }

    Mended mended() {
        var done = new ArrayList<String>();
        var mended = named(done);
        if (matchLabels(mended).entries().isEmpty()
                && !Selector.podLabels(mended).isEmpty()) {
            done.add("has a selector that Shipper can add labels to");
            mended = mended.with(MATCH_LABELS, ModernWorkload.lastingLabels(mended));
        }
        return new Mended(mended, done, left(mended));
    }

    private Manifest named(List<String> done) {
        var name = deployment.name();
        if (chart.release().isEmpty() || name.contains(chart.release())) {
            return deployment;
        }
        var longer = chart.release() + "-" + name;
        var cut = longer.substring(0, Math.min(LONGEST, longer.length()));
        while (cut.endsWith("-")) {
            cut = cut.substring(0, cut.length() - 1);
        }
        done.add("is called " + cut + ", one a release");
        return deployment.with(List.of("metadata", "name"), cut);
    }

    private Optional<Refused> left(Manifest mended) {
        var podLabels = Selector.podLabels(mended);
        if (chart.deployments().size() > 1) {
            return refused(Reason.SHIPPER_DEPLOYMENTS, names(chart.deployments()));
        } else if (!mended.apiVersion().equals("apps/v1")) {
            return refused(Reason.OLD_API, mended.apiVersion());
        } else if (podLabels.isEmpty()) {
            return refused(Reason.NO_POD_LABELS, "");
        } else if (!podLabels
                .entrySet()
                .containsAll(mended.strings("spec", "selector", "matchLabels").entrySet())) {
            return refused(Reason.SELECTOR_MISMATCH, "");
        } else if (chart.release().isEmpty()) {
            return refused(Reason.SHIPPER_NAME, "");
        } else if (chart.services().isEmpty()) {
            return refused(Reason.SHIPPER_SERVICES, "there is none");
        } else if (chart.balancer()
                .filter(service -> !isBefore(service, podLabels))
                .isPresent()) {
            return refused(Reason.NO_SERVICE, "");
        }
        return Optional.empty();
    }

    /// Shipper gives a Service without a selector one.
    private static boolean isBefore(Manifest service, Map<String, String> podLabels) {
        return service.strings("spec", "selector").isEmpty() || Selector.reaches(service, podLabels);
    }

    static Optional<Refused> refused(Reason reason, String detail) {
        return Optional.of(new Refused(reason, detail));
    }

    static String names(List<Manifest> manifests) {
        return String.join(", ", manifests.stream().map(Manifest::name).toList());
    }

    private static Mapping matchLabels(Manifest deployment) {
        return deployment.root().map("spec", "selector", "matchLabels");
    }
}
