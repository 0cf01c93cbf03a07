package dev.haldane.postrender.candidate;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Marks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The VirtualServices that a chart brings for its own host. They are used: before each rule that sends requests to
/// the Service comes the same rule with a delegate, and the old one stays as the way back.
///
/// Facts: a root's `timeout`, `retries` and `headers` go to delegate routes that have none; a delegate in a rule with
/// a `route` wins, but Istio's validation refuses it; the loop's own object is named as the Service, so that a
/// chart's of that name becomes `<service>-entry`, as the one would be called that we add.
public final class OwnRoutes {
    private static final String GROUP = "networking.istio.io";
    private static final String MESH = "mesh";
    private static final String RULE_NAME = "haldane";

    /// What a rule may hold so that its copy with a delegate means the same.
    private static final Set<String> DELEGABLE =
            Set.of("name", "match", "route", "timeout", "retries", "headers", "corsPolicy");

    private final Bundle bundle;
    private final Manifest apex;

    public OwnRoutes(Bundle bundle, Manifest apex) {
        this.bundle = bundle;
        this.apex = apex;
    }

    /// `<service>-entry`.
    public static String entryName(Manifest apex) {
        return apex.name() + "-entry";
    }

    /// The chart's VirtualServices that concern the Service or one of these hosts.
    public List<Manifest> concerning(List<String> hosts) {
        return bundle.of(GROUP, "VirtualService").stream()
                .filter(route -> !Marks.isInjected(route) && !isOwnedByCanary(route))
                .filter(route -> leadsHere(route) || hasHost(route, hosts) || hasLoopsName(route))
                .toList();
    }

    /// Why one of them cannot be used; empty if it can.
    public Optional<String> problem(Manifest route, Door door) {
        if (isDelegating(route)) {
            return Optional.empty();
        }
        if (!leadsHere(route)) {
            return Optional.of(route.label() + " sends requests elsewhere");
        }
        if (!bundle.together(route, apex) || hosts(route).isEmpty()) {
            return Optional.of(route.label() + " is in another namespace or has no hosts");
        }
        if (hasLoopsName(route) && door == Door.ADMISSION) {
            return Optional.of(
                    route.label() + " has the name that the rollout's own needs: call it " + entryName(apex));
        }
        for (Node rule : route.root().items("spec", "http")) {
            if (leadsHere(rule, route) && !isDelegable(rule)) {
                return Optional.of(route.label() + " splits, rewrites or mirrors these requests itself");
            }
        }
        boolean plain = route.root().items("spec", "http").stream().anyMatch(rule -> leadsHere(rule, route));
        return plain ? Optional.empty() : Optional.of(route.label() + " routes TCP or TLS");
    }

    /// The same where the loop writes its weights into that VirtualService itself: into the one that is called as the
    /// Service.
    public Optional<String> problemWithoutDelegation(Manifest route) {
        return hasLoopsName(route)
                ? problem(route, Door.POST_RENDER)
                : Optional.of(route.label() + " would have to be called " + apex.name() + ", as the Service");
    }

    /// The VirtualService with a delegating rule before each rule that leads to the Service.
    public Manifest delegating(Manifest route) {
        if (isDelegating(route)) {
            return route;
        }
        var rules = new ArrayList<Node>();
        int count = 0;
        for (Node rule : route.root().items("spec", "http")) {
            if (leadsHere(rule, route)) {
                var name = count == 0 ? RULE_NAME : RULE_NAME + "-" + count;
                rules.add(delegate(rule, name, gateways(route)));
                count++;
            }
            rules.add(rule);
        }
        var changed = route.with(List.of("spec", "http"), new Sequence(rules)).withAnnotation(Marks.CHANGED, "http");
        return hasLoopsName(route)
                ? changed.withAnnotation(Marks.ORIGINAL_NAME, route.name())
                        .with(List.of("metadata", "name"), entryName(apex))
                : changed;
    }

    private Node delegate(Node rule, String name, Node gateways) {
        var result = Mapping.EMPTY.with("name", name);
        var matches = new ArrayList<Node>();
        for (Node match : rule.items("match")) {
            matches.add(match.at("gateways").isPresent() ? match : match.with(List.of("gateways"), gateways));
        }
        if (matches.isEmpty()) {
            matches.add(Mapping.EMPTY.with("gateways", gateways));
        }
        result = result.with("match", new Sequence(matches));
        for (String copied : List.of("timeout", "retries", "headers", "corsPolicy")) {
            var value = rule.at(copied);
            result = value.isPresent() ? result.with(copied, value.get()) : result;
        }
        return result.with("delegate", Mapping.EMPTY.with("name", apex.name()));
    }

    private static Node gateways(Manifest route) {
        var own = route.root().items("spec", "gateways");
        return own.isEmpty() ? Sequence.of(Scalar.of(MESH)) : new Sequence(own);
    }

    /// Whether it hands requests over to the loop's VirtualService already.
    public boolean isDelegating(Manifest route) {
        return route.root().items("spec", "http").stream()
                .anyMatch(rule -> rule.text("delegate", "name")
                        .filter(apex.name()::equals)
                        .isPresent());
    }

    /// Whether we have put that rule in.
    public static boolean isAdded(Node rule) {
        return rule.at("delegate").isPresent()
                && rule.text("name").filter(name -> name.startsWith(RULE_NAME)).isPresent();
    }

    private boolean isDelegable(Node rule) {
        var routes = rule.items("route");
        return rule instanceof Mapping(var entries, var doubled)
                && DELEGABLE.containsAll(entries.keySet())
                && doubled.isEmpty()
                && routes.size() == 1
                && routes.getFirst().at("destination", "subset").isEmpty()
                && routes.getFirst().at("headers").isEmpty();
    }

    private boolean leadsHere(Manifest route) {
        return Destinations.of(route).stream()
                .anyMatch(destination -> Destinations.isTo(destination, route, apex, bundle));
    }

    private boolean leadsHere(Node rule, Manifest route) {
        return Destinations.ofRule(rule).stream()
                .anyMatch(destination -> Destinations.isTo(destination, route, apex, bundle));
    }

    private boolean hasLoopsName(Manifest route) {
        return route.name().equals(apex.name()) && bundle.together(route, apex);
    }

    private boolean hasHost(Manifest route, List<String> hosts) {
        return hosts(route).stream()
                .anyMatch(host -> hosts.contains(host) || Destinations.isHost(host, route, apex, bundle));
    }

    private static List<String> hosts(Manifest route) {
        return route.root().items("spec", "hosts").stream()
                .map(host -> host instanceof Scalar s ? s.text() : "")
                .toList();
    }

    private static boolean isOwnedByCanary(Manifest manifest) {
        return manifest.root().items("metadata", "ownerReferences").stream()
                .anyMatch(owner -> owner.text("kind").filter("Canary"::equals).isPresent());
    }
}
