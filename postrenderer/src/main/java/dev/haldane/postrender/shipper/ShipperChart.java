package dev.haldane.postrender.shipper;

import dev.haldane.postrender.candidate.Selector;
import dev.haldane.postrender.label.StableNames;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Release;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A chart as Shipper looks at it: one Deployment, and the one Service through which it shifts traffic.
///
/// @param release      name of the Helm release; `""` if nobody has told it
/// @param balancer     the Service that gets the traffic; empty if that is anybody's guess
/// @param balancerName what it has to be called in every release; its own name if that is so already
/// @param nameTaken    whether it cannot be called so, because another Service is
public record ShipperChart(
        String release,
        List<Manifest> deployments,
        List<Manifest> services,
        Optional<Manifest> balancer,
        String balancerName,
        boolean nameTaken) {

    /// The label by which Shipper knows that Service, and its value.
    static final String LABEL = "shipper-lb";

    static final String PRODUCTION = "production";

    private static final Set<String> GROUPS = Set.of("apps", "extensions");

    public static ShipperChart of(Bundle bundle, Release release) {
        return bundle.once(
                ShipperChart.class,
                () -> read(bundle, StableNames.of(bundle, release).release()));
    }

    private static ShipperChart read(Bundle bundle, String release) {
        var deployments = bundle.ofKind("Deployment").stream()
                .filter(manifest -> GROUPS.contains(manifest.group()))
                .toList();
        var services = bundle.of("", "Service");
        var balancer = balancer(deployments, services);
        var name = balancer.map(Manifest::name).orElse("");
        var stable = release.isEmpty() ? name : StableNames.without(name, release);
        boolean taken = !stable.equals(name)
                && services.stream().anyMatch(service -> service.name().equals(stable));
        return new ShipperChart(release, deployments, services, balancer, taken ? name : stable, taken);
    }

    private static Optional<Manifest> balancer(List<Manifest> deployments, List<Manifest> services) {
        var labelled = services.stream()
                .filter(service -> PRODUCTION.equals(service.labels().get(LABEL)))
                .toList();
        if (!labelled.isEmpty() || services.size() == 1) {
            return only(labelled.isEmpty() ? services : labelled);
        }
        return deployments.size() == 1
                ? only(services.stream()
                        .filter(service -> !isHeadless(service))
                        .filter(service -> Selector.reaches(service, Selector.podLabels(deployments.getFirst())))
                        .toList())
                : Optional.empty();
    }

    private static boolean isHeadless(Manifest service) {
        return service.text("spec", "clusterIP").filter("None"::equals).isPresent();
    }

    private static Optional<Manifest> only(List<Manifest> services) {
        return services.size() == 1 ? Optional.of(services.getFirst()) : Optional.empty();
    }

    boolean isBalancer(Manifest service) {
        return balancer.filter(service::equals).isPresent();
    }
}
