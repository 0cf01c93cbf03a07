package dev.haldane.postrender.candidate;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import dev.haldane.postrender.rule.Marks;
import java.util.ArrayList;
import java.util.List;

/// The VirtualService that we put in front of a Service.
///
/// @param port  the Service's port that speaks HTTP
/// @param alone whether the Service has no other port
public record EntryObject(Manifest apex, int port, boolean alone, Settings settings) {
    static final String RULE_NAME = "haldane";

    private static final String MESH = "mesh";

    /// `<service>-entry`: hosts and gateways, a rule that delegates to the loop's VirtualService, and the way to the
    /// Service for as long as that one does not exist (Istio skips a delegate that is not there).
    public Manifest delegating() {
        var rule = Mapping.EMPTY.with("name", RULE_NAME).with("match", matches());
        return object(OwnRoutes.entryName(apex), rule.with("delegate", Mapping.EMPTY.with("name", apex.name())), true);
    }

    /// `<service>`, with the weights from which the loop starts: for meshes without delegation. Until the loop has
    /// made the Services of primary and canary, requests get 503.
    public Manifest weighted() {
        return object(apex.name(), share(apex.name() + Marks.PRIMARY, apex.name() + "-canary"), false);
    }

    /// `<service>-entry` of a Service without a canary.
    public Manifest plain() {
        return object(OwnRoutes.entryName(apex), share(apex.name()), false);
    }

    private Manifest object(String name, Mapping rule, boolean skippable) {
        var rules = new ArrayList<Node>(List.of(rule));
        if (skippable || !alone) {
            rules.addAll(fallbacks(skippable));
        }
        var spec = Mapping.EMPTY
                .with("hosts", CanaryObject.texts(hosts()))
                .with("gateways", CanaryObject.texts(gateways()))
                .with("http", new Sequence(rules));
        return CanaryObject.object("networking.istio.io/v1", "VirtualService", name, apex)
                .with(List.of("spec"), spec);
    }

    /// All requests to these Services: to the first of them.
    private Mapping share(String... services) {
        var routes = new ArrayList<Node>();
        for (String service : services) {
            var destination = Mapping.EMPTY.with("host", service);
            destination = alone ? destination : destination.with("port", Mapping.EMPTY.with("number", Scalar.of(port)));
            var route = Mapping.EMPTY.with("destination", destination);
            routes.add(services.length == 1 ? route : route.with("weight", Scalar.of(routes.isEmpty() ? 100 : 0)));
        }
        var rule = Mapping.EMPTY.with("name", RULE_NAME);
        rule = alone ? rule : rule.with("match", matches());
        return rule.with("route", new Sequence(routes));
    }

    private List<String> gateways() {
        boolean outside = !settings.hosts().isEmpty();
        return outside && !settings.gateways().isEmpty() ? settings.gateways() : List.of(MESH);
    }

    private List<String> outerGateways() {
        return gateways().stream().filter(gateway -> !gateway.equals(MESH)).toList();
    }

    private boolean inMesh() {
        return gateways().contains(MESH);
    }

    private List<String> hosts() {
        var hosts = new ArrayList<>(settings.hosts());
        if (inMesh() && !hosts.contains(apex.name())) {
            hosts.add(apex.name());
        }
        return hosts;
    }

    /// A match is there even if it matches everything, because Istio warns that a rule after one without a match is
    /// never used. A host's rules hold for all of its ports in the mesh, so that the other ports must be kept out.
    private Sequence matches() {
        if (alone) {
            return Sequence.of(Mapping.EMPTY.with("gateways", CanaryObject.texts(gateways())));
        }
        var matches = new ArrayList<Node>();
        if (!outerGateways().isEmpty()) {
            matches.add(Mapping.EMPTY.with("gateways", CanaryObject.texts(outerGateways())));
        }
        if (inMesh()) {
            matches.add(Mapping.EMPTY
                    .with("gateways", CanaryObject.texts(List.of(MESH)))
                    .with("port", Scalar.of(port)));
        }
        return new Sequence(matches);
    }

    /// A gateway does not know which of several ports is meant.
    ///
    /// @param skippable whether the rule before them may be skipped, so that requests from outside need one as well
    private List<Node> fallbacks(boolean skippable) {
        var rules = new ArrayList<Node>();
        var destination = Mapping.EMPTY.with("host", apex.name());
        if (!alone && skippable && !outerGateways().isEmpty()) {
            var toPort = destination.with("port", Mapping.EMPTY.with("number", Scalar.of(port)));
            var match = Sequence.of(Mapping.EMPTY.with("gateways", CanaryObject.texts(outerGateways())));
            rules.add((inMesh() ? Mapping.EMPTY.with("match", match) : Mapping.EMPTY).with("route", routes(toPort)));
        }
        if (alone || inMesh()) {
            rules.add(Mapping.EMPTY.with("route", routes(destination)));
        }
        return rules;
    }

    private static Sequence routes(Mapping destination) {
        return Sequence.of(Mapping.EMPTY.with("destination", destination));
    }
}
