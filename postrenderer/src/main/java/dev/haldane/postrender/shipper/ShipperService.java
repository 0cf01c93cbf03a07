package dev.haldane.postrender.shipper;

import dev.haldane.postrender.candidate.Selector;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Reason;
import dev.haldane.postrender.rule.Rule.Answer.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The Service through which Shipper shifts traffic: the same for all releases, so that neither its name nor its
/// selector may have a release in it.
final class ShipperService {
    private static final List<String> SELECTOR = List.of("spec", "selector");

    /// Labels that name the release. Shipper refuses the first outright; the other would keep the pods of the release
    /// that is served so far from the Service just as well.
    private static final List<String> OF_RELEASE = List.of("release", "app.kubernetes.io/instance");

    private final Manifest service;
    private final ShipperChart chart;

    ShipperService(Manifest service, ShipperChart chart) {
        this.service = service;
        this.chart = chart;
    }

    Mended mended() {
        if (chart.balancer().isEmpty()) {
            return new Mended(
                    service,
                    List.of(),
                    ShipperDeployment.refused(Reason.SHIPPER_SERVICES, ShipperDeployment.names(chart.services())));
        }
        if (!chart.isBalancer(service)) {
            return new Mended(service, List.of(), Optional.empty());
        }
        var done = new ArrayList<String>();
        var mended = selecting(done);
        if (!chart.balancerName().equals(service.name())) {
            done.add("is called " + chart.balancerName() + " in every release");
            mended = mended.with(List.of("metadata", "name"), chart.balancerName());
        }
        boolean labelled = ShipperChart.PRODUCTION.equals(service.labels().get(ShipperChart.LABEL));
        if (!labelled && chart.services().size() > 1) {
            done.add("is the one that gets the traffic");
            mended = mended.with(List.of("metadata", "labels", ShipperChart.LABEL), ShipperChart.PRODUCTION);
        }
        return new Mended(mended, done, left());
    }

    private Manifest selecting(List<String> done) {
        var mended = service;
        for (String key : OF_RELEASE) {
            if (mended.at("spec", "selector", key).isPresent()) {
                done.add("does not select by " + key);
                mended = mended.without(List.of("spec", "selector", key));
            }
        }
        boolean emptied =
                !mended.equals(service) && mended.strings("spec", "selector").isEmpty();
        return emptied ? byApplication(mended) : mended;
    }

    private Manifest byApplication(Manifest emptied) {
        for (Manifest deployment : chart.deployments()) {
            var podLabels = Selector.podLabels(deployment);
            for (String key : Selector.KEYS) {
                if (podLabels.containsKey(key)) {
                    return emptied.with(List.of("spec", "selector", key), podLabels.getOrDefault(key, ""));
                }
            }
        }
        return emptied.without(SELECTOR);
    }

    private Optional<Refused> left() {
        return chart.nameTaken() ? ShipperDeployment.refused(Reason.SHIPPER_SERVICE_NAME, "") : Optional.empty();
    }
}
