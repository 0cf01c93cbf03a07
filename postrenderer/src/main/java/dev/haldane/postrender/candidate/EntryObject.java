package dev.haldane.postrender.candidate;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.ArrayList;
import java.util.List;

/// The static VirtualService `<service>-entry`: hosts and gateways, a rule that delegates to the loop's
/// VirtualService, and the way to the Service for as long as that one does not exist (Istio skips a delegate that is
/// not there).
public final class EntryObject {
    private static final String MESH = "mesh";

    private EntryObject() {}

    /// @param alone whether the Service has no other port
    public static Manifest of(Manifest apex, int port, boolean alone, Settings settings) {
        boolean outside = !settings.hosts().isEmpty();
        var gateways = outside && !settings.gateways().isEmpty() ? settings.gateways() : List.of(MESH);
        var hosts = new ArrayList<>(settings.hosts());
        if (gateways.contains(MESH) && !hosts.contains(apex.name())) {
            hosts.add(apex.name());
        }
        var spec = Mapping.EMPTY
                .with("hosts", CanaryObject.texts(hosts))
                .with("gateways", CanaryObject.texts(gateways))
                .with("http", new Sequence(alone ? rules(apex, gateways) : rulesForOnePort(apex, port, gateways)));
        return CanaryObject.object("networking.istio.io/v1", "VirtualService", OwnRoutes.entryName(apex), apex)
                .with(List.of("spec"), spec);
    }

    /// The match is there because Istio warns that a rule after one without a match is never used.
    private static List<Node> rules(Manifest apex, List<String> gateways) {
        var match = Mapping.EMPTY.with("gateways", CanaryObject.texts(gateways));
        return List.of(delegate(apex, List.of(match)), Mapping.EMPTY.with("route", routes(destination(apex))));
    }

    /// A host's rules hold for all of its ports in the mesh, so that the other ports must be kept out of them; and a
    /// gateway does not know which of several ports is meant.
    private static List<Node> rulesForOnePort(Manifest apex, int port, List<String> gateways) {
        boolean mesh = gateways.contains(MESH);
        var matches = new ArrayList<Node>();
        var rules = new ArrayList<Node>();
        var outside = gateways.stream().filter(gateway -> !gateway.equals(MESH)).toList();
        if (!outside.isEmpty()) {
            var match = Mapping.EMPTY.with("gateways", CanaryObject.texts(outside));
            matches.add(match);
            var toPort = destination(apex).with("port", Mapping.EMPTY.with("number", Scalar.of(port)));
            var start = mesh ? Mapping.EMPTY.with("match", Sequence.of(match)) : Mapping.EMPTY;
            rules.add(start.with("route", routes(toPort)));
        }
        if (mesh) {
            var match = Mapping.EMPTY.with("gateways", CanaryObject.texts(List.of(MESH)));
            matches.add(match.with("port", Scalar.of(port)));
            rules.add(Mapping.EMPTY.with("route", routes(destination(apex))));
        }
        rules.addFirst(delegate(apex, matches));
        return rules;
    }

    private static Mapping delegate(Manifest apex, List<Node> matches) {
        return Mapping.EMPTY
                .with("name", "haldane")
                .with("match", new Sequence(matches))
                .with("delegate", Mapping.EMPTY.with("name", apex.name()));
    }

    private static Mapping destination(Manifest apex) {
        return Mapping.EMPTY.with("host", apex.name());
    }

    private static Sequence routes(Mapping destination) {
        return Sequence.of(Mapping.EMPTY.with("destination", destination));
    }
}
