package dev.haldane.postrender.shipper;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rule.Rule.Answer.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An object as Shipper wants it, as far as that can be done.
///
/// @param done what was done, a phrase each
/// @param left what should be other still
public record Mended(Manifest object, List<String> done, Optional<Refused> left) {

    public Mended {
        done = List.copyOf(done);
    }

    /// What becomes of an object; empty if Shipper cannot have it in a chart at all.
    public static Optional<Mended> of(Manifest object, Bundle bundle, Release release) {
        return ShipperKinds.readable(object)
                .map(readable ->
                        mended(readable, ShipperChart.of(bundle, release)).withoutNamespace());
    }

    /// Shipper writes to the namespace of its Application, and the API server refuses what says another.
    private Mended withoutNamespace() {
        if (object.namespace().isEmpty()) {
            return this;
        }
        var phrases = new ArrayList<>(done);
        phrases.add("goes to the namespace of the Application");
        return new Mended(object.without(List.of("metadata", "namespace")), phrases, left);
    }

    private static Mended mended(Manifest object, ShipperChart chart) {
        return switch (object.kind()) {
            case "Deployment" -> new ShipperDeployment(object, chart).mended();
            case "Service" -> new ShipperService(object, chart).mended();
            case "Ingress" -> ingress(object, chart);
            default -> new Mended(object, List.of(), Optional.empty());
        };
    }

    private static Mended ingress(Manifest ingress, ShipperChart chart) {
        var old = chart.balancer().map(Manifest::name).orElse("");
        var renamed =
                old.equals(chart.balancerName()) ? ingress : ShipperIngress.renamed(ingress, old, chart.balancerName());
        var done = renamed.equals(ingress) ? List.<String>of() : List.of("leads to " + chart.balancerName());
        return new Mended(renamed, done, Optional.empty());
    }
}
