package dev.haldane.webhook.admission;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import dev.haldane.postrender.rule.Marks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The rule `hold-live`: an update by Helm, Argo CD or kubectl keeps what the loop owns. Pure: old object, new object
/// and what is known of the cluster give the object to be stored.
public final class HoldLive {

    private static final List<String> REPLICAS = List.of("spec", "replicas");
    private static final List<String> SELECTOR = List.of("spec", "selector");
    private static final List<String> ROUTES = List.of("spec", "http");

    /// The object to be stored, and one sentence for each field that was held.
    public record Held(Manifest object, List<String> sentences) {
        public Held {
            sentences = List.copyOf(sentences);
        }

        static Held nothing(Manifest object) {
            return new Held(object, List.of());
        }
    }

    private final LiveCanaries live;

    public HoldLive(LiveCanaries live) {
        this.live = live;
    }

    /// @param before    as it is stored
    /// @param after     as the request wants it
    /// @param namespace of both
    public Held hold(Manifest before, Manifest after, String namespace) {
        if (after.is("apps", "Deployment")) {
            return replicas(before, after, namespace);
        }
        if (after.is("", "Service")) {
            return selector(before, after, namespace);
        }
        if (after.is("networking.istio.io", "VirtualService")) {
            return routes(before, after, namespace);
        }
        return Held.nothing(after);
    }

    /// The loop scales a target through `/scale`, which is not reviewed. In the upgrade that takes `replicas` out of
    /// the manifest, the API server puts 1 in its place before we are asked.
    private Held replicas(Manifest before, Manifest after, String namespace) {
        if (before.at("spec", "replicas").equals(after.at("spec", "replicas"))) {
            return Held.nothing(after);
        }
        var noted = after.annotation(Marks.REPLICAS).isPresent();
        var canary = live.ofTarget(namespace, after.name());
        if (canary.filter(LiveCanary::owns).isPresent()) {
            return held(before, after, REPLICAS, canary.get().toString());
        }
        if (noted && (before.annotation(Marks.REPLICAS).isEmpty() || canary.isPresent())) {
            return held(before, after, REPLICAS, "the manifest leaves them to the rollout");
        }
        return Held.nothing(after);
    }

    private Held selector(Manifest before, Manifest after, String namespace) {
        var was = before.strings("spec", "selector");
        var wanted = after.strings("spec", "selector");
        if (was.equals(wanted)) {
            return Held.nothing(after);
        }
        var canary = live.ofApex(namespace, after.name());
        if (canary.filter(LiveCanary::owns).isPresent() && selectsPrimary(was)) {
            return held(before, after, SELECTOR, canary.get().toString());
        }
        var ours = canary.isPresent() || after.annotation(Marks.CHANGED).isPresent();
        if (ours && wanted.equals(pointedAtPrimary(was, wanted)) && !live.serves(namespace, wanted)) {
            return held(before, after, SELECTOR, "the primary is not ready yet");
        }
        return Held.nothing(after);
    }

    private static boolean selectsPrimary(Map<String, String> selector) {
        return selector.values().stream().anyMatch(value -> value.endsWith(Marks.PRIMARY));
    }

    /// `was` with those values made the primary's that are the primary's in `wanted`: the change that adoption makes.
    private static Map<String, String> pointedAtPrimary(Map<String, String> was, Map<String, String> wanted) {
        var pointed = new TreeMap<>(was);
        pointed.replaceAll(
                (key, value) -> (value + Marks.PRIMARY).equals(wanted.get(key)) ? value + Marks.PRIMARY : value);
        return pointed;
    }

    /// A VirtualService that delegation made ours stays as it is; in one that the user owns, the rules that lead to
    /// primary or canary keep their destinations and weights.
    private Held routes(Manifest before, Manifest after, String namespace) {
        var canary = live.ofApex(namespace, after.name()).filter(LiveCanary::owns);
        if (canary.isEmpty() || before.at("spec").equals(after.at("spec"))) {
            return Held.nothing(after);
        }
        var because = canary.get().toString();
        if (canary.get().spec().apex().delegation()) {
            return held(before, after, List.of("spec"), because);
        }
        var hosts = List.of(
                canary.get().spec().apex().primary(), canary.get().spec().apex().canary());
        var ours = before.root().items("spec", "http").stream()
                .filter(rule -> leadsTo(rule, hosts))
                .toList();
        if (ours.isEmpty() || before.at("spec", "http").equals(after.at("spec", "http"))) {
            return Held.nothing(after);
        }
        return withRoutesOf(before, after, hosts)
                .map(kept -> new Held(kept, sentence(before, kept, after, because)))
                .orElseGet(() -> held(before, after, ROUTES, because));
    }

    private static List<String> sentence(Manifest before, Manifest kept, Manifest after, String because) {
        return kept.equals(after)
                ? List.of()
                : held(before, after, ROUTES, because).sentences();
    }

    /// The wanted rules, each that leads to primary or canary with the live destinations; empty if the wanted rules do
    /// not correspond to the live ones.
    private static Optional<Manifest> withRoutesOf(Manifest before, Manifest after, List<String> hosts) {
        var was = before.root().items("spec", "http");
        var wanted = after.root().items("spec", "http");
        if (was.size() != wanted.size()) {
            return Optional.empty();
        }
        var rules = new ArrayList<Node>();
        for (var i = 0; i < wanted.size(); i++) {
            var old = was.get(i);
            var next = wanted.get(i);
            if (leadsTo(old, hosts) != leadsTo(next, hosts)) {
                return Optional.empty();
            }
            rules.add(leadsTo(old, hosts) ? next.with(List.of("route"), new Sequence(old.items("route"))) : next);
        }
        return Optional.of(after.with(ROUTES, new Sequence(rules)));
    }

    private static boolean leadsTo(Node rule, List<String> hosts) {
        return rule.items("route").stream()
                .map(destination -> destination.text("destination", "host").orElse(""))
                .anyMatch(host -> hosts.contains(host.contains(".") ? host.substring(0, host.indexOf('.')) : host));
    }

    private static Held held(Manifest before, Manifest after, List<String> path, String because) {
        var old = before.root().at(path);
        var object = old.isPresent() ? after.with(path, old.get()) : after.without(path);
        var value = old.map(HoldLive::shown).orElse(" absent");
        return new Held(object, List.of("haldane holds " + String.join(".", path) + value + ": " + because));
    }

    private static String shown(Node value) {
        return switch (value) {
            case Scalar scalar -> " at " + scalar.text();
            case Mapping _, Sequence _ -> " as it is";
        };
    }
}
