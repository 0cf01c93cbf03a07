package dev.haldane.postrender.candidate;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import dev.haldane.postrender.rule.Marks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// The rules of a VirtualService that lead to a Service, with destinations for its previews. Weights sum to 100 always:
/// what a preview gets, production gives.
public final class PreviewRoutes {
    private static final List<String> RULES = List.of("spec", "http");
    private static final int ALL = 100;

    /// What [Marks#CHANGED] says: there was no weight before, or there was one.
    private static final String ROUTE = "route";

    private static final String WEIGHT = "weight";

    private final Manifest route;
    private final String service;
    private final Previews previews;

    /// Requests cannot be shared as they are routed.
    public static final class Impossible extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private Impossible(String why) {
            super(why);
        }
    }

    /// @param route   a VirtualService
    /// @param service production's
    public PreviewRoutes(Manifest route, String service, Previews previews) {
        this.route = route;
        this.service = service;
        this.previews = previews;
    }

    /// Whether one of its rules has production as a destination.
    public boolean leadsToService() {
        return rules(route).stream().anyMatch(this::isOurs);
    }

    /// Of those that we have made, only the one with our name: the others are for other ports.
    private boolean isOurs(Node rule) {
        boolean foreign =
                Marks.isInjected(route) && !rule.text("name").orElse("").equals(EntryObject.RULE_NAME);
        return !foreign && rule.items("route").stream().anyMatch(this::isProduction);
    }

    /// The VirtualService with the previews, and without those that an earlier run has put in.
    ///
    /// @throws Impossible with the reason
    public Manifest shared() {
        var plain = undone(route);
        var weighted = new HashSet<Boolean>();
        var rules = new ArrayList<Node>();
        for (Node rule : rules(plain)) {
            if (isOurs(rule)) {
                rules.add(rule.with(List.of("route"), new Sequence(shared(rule.items("route")))));
                rule.items("route").stream()
                        .filter(this::isProduction)
                        .forEach(
                                production -> weighted.add(production.at(WEIGHT).isPresent()));
            } else {
                rules.add(rule);
            }
        }
        if (weighted.size() > 1) {
            throw new Impossible(route.label() + " has weights in some of its rules only");
        }
        var shared = plain.with(RULES, new Sequence(rules)).withAnnotation(Marks.PREVIEW, previews.toString());
        return Marks.isInjected(route)
                ? shared
                : shared.withAnnotation(Marks.CHANGED, weighted.contains(true) ? WEIGHT : ROUTE);
    }

    private List<Node> shared(List<Node> destinations) {
        int sum = destinations.size() == 1
                ? ALL
                : destinations.stream().mapToInt(PreviewRoutes::weight).sum();
        if (sum != ALL) {
            throw new Impossible(route.label() + " has weights that sum to " + sum + ", not to 100");
        }
        var shared = new ArrayList<Node>();
        for (Node destination : destinations) {
            if (previews.shares().stream().anyMatch(share -> isTo(destination, share.namespace()))) {
                throw new Impossible(route.label() + " sends requests there itself");
            }
            if (isProduction(destination)) {
                int left = (destinations.size() == 1 ? ALL : weight(destination)) - previews.percent();
                if (left < 1) {
                    throw new Impossible(route.label() + " would leave " + left + " % to production");
                }
                shared.add(destination.with(List.of(WEIGHT), Scalar.of(left)));
            } else {
                shared.add(destination);
            }
        }
        var production =
                destinations.stream().filter(this::isProduction).findFirst().orElseThrow();
        previews.shares().forEach(share -> shared.add(to(share, production)));
        return shared;
    }

    /// The same port, as it is the same chart that runs there.
    private Node to(Previews.Share share, Node production) {
        var destination = production.map("destination").with("host", host(share.namespace()));
        return Mapping.EMPTY.with("destination", destination).with(WEIGHT, Scalar.of(share.percent()));
    }

    private String host(String namespace) {
        return service + "." + namespace + ".svc.cluster.local";
    }

    private boolean isTo(Node destination, String namespace) {
        var host = destination.text("destination", "host").orElse("");
        var shortest = service + "." + namespace;
        return List.of(shortest, shortest + ".svc", host(namespace)).contains(host);
    }

    /// By its short name, or by a longer one with the namespace of the VirtualService, or with any where nobody says in
    /// which one that will be. With weights that a rollout moves, production is the primary.
    private boolean isProduction(Node destination) {
        var host = destination.text("destination", "host").orElse("");
        int dot = host.indexOf('.');
        var name = dot < 0 ? host : host.substring(0, dot);
        if (!name.equals(service) && !name.equals(service + Marks.PRIMARY)) {
            return false;
        }
        if (dot < 0) {
            return true;
        }
        int end = host.indexOf('.', dot + 1);
        var namespace = end < 0 ? host.substring(dot + 1) : host.substring(dot + 1, end);
        return route.namespace().isEmpty() ? !previews.has(namespace) : namespace.equals(route.namespace());
    }

    private static int weight(Node destination) {
        var text = destination.text(WEIGHT).orElse("0");
        boolean digits = text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9') && !text.isEmpty();
        return digits ? Integer.parseInt(text) : 0;
    }

    private static List<Node> rules(Manifest route) {
        return route.root().items("spec", "http");
    }

    /// The VirtualService without what [#shared] has put in.
    public static Manifest undone(Manifest route) {
        var changed = route.annotation(Marks.CHANGED).orElse("");
        var there = route.annotation(Marks.PREVIEW).flatMap(PreviewRoutes::read).orElse(Previews.NONE);
        boolean ours = Marks.isInjected(route) || changed.equals(ROUTE) || changed.equals(WEIGHT);
        if (!ours || there.isEmpty()) {
            return route;
        }
        var rules = rules(route).stream()
                .map(rule -> undone(rule, there, changed.equals(ROUTE)))
                .toList();
        return withoutMarks(route.with(RULES, new Sequence(rules)));
    }

    private static Optional<Previews> read(String text) {
        try {
            return Optional.of(Previews.parse(text));
        } catch (Previews.Malformed _) {
            return Optional.empty();
        }
    }

    private static Node undone(Node rule, Previews there, boolean unweighted) {
        var destinations = rule.items("route");
        var kept = destinations.stream()
                .filter(destination -> there.shares().stream().noneMatch(share -> isFor(destination, share)))
                .toList();
        if (kept.size() == destinations.size() || kept.isEmpty()) {
            return rule;
        }
        var undone = new ArrayList<Node>();
        boolean given = false;
        for (Node destination : kept) {
            boolean production = !given && isProductionOf(destination, destinations, there);
            given |= production;
            undone.add(production ? undoneWeight(destination, there, unweighted) : destination);
        }
        return rule.with(List.of("route"), new Sequence(undone));
    }

    private static Node undoneWeight(Node production, Previews there, boolean unweighted) {
        return unweighted
                ? production.without(List.of(WEIGHT))
                : production.with(List.of(WEIGHT), Scalar.of(weight(production) + (long) there.percent()));
    }

    private static boolean isFor(Node destination, Previews.Share share) {
        return destination
                .text("destination", "host")
                .filter(host -> host.endsWith("." + share.namespace() + ".svc.cluster.local"))
                .isPresent();
    }

    private static boolean isProductionOf(Node destination, List<Node> all, Previews there) {
        var preview = all.stream()
                .filter(other -> there.shares().stream().anyMatch(share -> isFor(other, share)))
                .flatMap(other -> other.text("destination", "host").stream())
                .map(host -> host.substring(0, host.indexOf('.')))
                .findFirst()
                .orElse("");
        var host = destination.text("destination", "host").orElse("");
        int dot = host.indexOf('.');
        var name = dot < 0 ? host : host.substring(0, dot);
        return name.equals(preview) || name.equals(preview + Marks.PRIMARY);
    }

    private static Manifest withoutMarks(Manifest route) {
        var path = List.of("metadata", "annotations");
        var without = route.without(List.of("metadata", "annotations", Marks.PREVIEW));
        if (!Marks.isInjected(route)) {
            without = without.without(List.of("metadata", "annotations", Marks.CHANGED));
        }
        return without.root().map("metadata", "annotations").entries().isEmpty() ? without.without(path) : without;
    }
}
