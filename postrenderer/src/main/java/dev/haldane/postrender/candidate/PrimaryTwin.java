package dev.haldane.postrender.candidate;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Marks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What stands beside an object that selects pods, so that it holds for the primary's pods too: they have
/// `<value>-primary` where the target's have `<value>`. A twin rather than a wider selector, because Istio's selectors
/// cannot name two values, and the chart's own object stays as it is.
public final class PrimaryTwin {
    private static final List<String> LABEL_SELECTOR = List.of("spec", "selector");
    private static final List<String> PODS = List.of("spec", "podSelector");

    /// Where the selector stands, by `group/kind`. Those of NetworkPolicies stand in several places.
    private static final Map<String, List<String>> SELECTORS = Map.of(
            "policy/PodDisruptionBudget", LABEL_SELECTOR,
            "monitoring.coreos.com/PodMonitor", LABEL_SELECTOR,
            "security.istio.io/AuthorizationPolicy", LABEL_SELECTOR,
            "security.istio.io/PeerAuthentication", LABEL_SELECTOR,
            "security.istio.io/RequestAuthentication", LABEL_SELECTOR,
            "telemetry.istio.io/Telemetry", LABEL_SELECTOR,
            "extensions.istio.io/WasmPlugin", LABEL_SELECTOR,
            "networking.istio.io/Sidecar", List.of("spec", "workloadSelector"),
            "networking.istio.io/EnvoyFilter", List.of("spec", "workloadSelector"),
            "networking.k8s.io/NetworkPolicy", PODS);

    private final List<Manifest> targets;

    /// @param targets the Deployments that have an injected Canary, those of the object's namespace
    private PrimaryTwin(List<Manifest> targets) {
        this.targets = targets;
    }

    public static Set<String> kinds() {
        return Set.of(
                "DestinationRule",
                "PodDisruptionBudget",
                "PodMonitor",
                "AuthorizationPolicy",
                "PeerAuthentication",
                "RequestAuthentication",
                "Telemetry",
                "WasmPlugin",
                "Sidecar",
                "EnvoyFilter",
                "NetworkPolicy");
    }

    /// None if the object concerns no pods or Services that a rollout has under another label or name.
    public static List<Manifest> of(Manifest manifest, Bundle bundle) {
        return manifest.is("networking.istio.io", "DestinationRule")
                ? ofPolicy(manifest, bundle)
                : ofSelector(manifest, bundle).stream().toList();
    }

    /// Requests for the Service go to those of the rollout, which have other names. The loop's own rules for them are
    /// empty, and Istio takes the policy of another rule for the same host then.
    private static List<Manifest> ofPolicy(Manifest rule, Bundle bundle) {
        if (Marks.isInjected(rule) || rule.at("spec", "trafficPolicy").isEmpty()) {
            return List.of();
        }
        var host = rule.text("spec", "host").orElse("");
        var twins = new ArrayList<Manifest>();
        for (Manifest canary : canaries(rule, bundle)) {
            var name = canary.text("spec", "service", "name").orElse("");
            var apex = bundle.find("", "Service", name, canary);
            if (apex.isPresent() && Destinations.isHost(host, rule, apex.get(), bundle)) {
                for (String role : List.of("primary", "canary")) {
                    var twin = rule.with(List.of("spec", "host"), name + "-" + role + host.substring(name.length()))
                            .without(List.of("spec", "subsets"));
                    twins.add(renamed(twin, "-for-" + role));
                }
            }
        }
        return twins;
    }

    private static Optional<Manifest> ofSelector(Manifest manifest, Bundle bundle) {
        var path = SELECTORS.get(manifest.group() + "/" + manifest.kind());
        if (path == null || Marks.isInjected(manifest)) {
            return Optional.empty();
        }
        var twin = new PrimaryTwin(targets(manifest, bundle)).turned(manifest, path);
        return twin.equals(manifest) ? Optional.empty() : Optional.of(renamed(twin, Marks.PRIMARY));
    }

    private static List<Manifest> canaries(Manifest manifest, Bundle bundle) {
        return bundle.of("flagger.app", "Canary").stream()
                .filter(canary -> Marks.isInjected(canary) && bundle.together(canary, manifest))
                .toList();
    }

    private static List<Manifest> targets(Manifest manifest, Bundle bundle) {
        return canaries(manifest, bundle).stream()
                .flatMap(
                        canary -> bundle
                                .find(
                                        "apps",
                                        "Deployment",
                                        canary.text("spec", "targetRef", "name").orElse(""),
                                        canary)
                                .stream())
                .toList();
    }

    private static Manifest renamed(Manifest twin, String ending) {
        var metadata = Mapping.EMPTY.with("name", twin.name() + ending);
        for (String kept : List.of("namespace", "labels")) {
            var value = twin.at("metadata", kept);
            metadata = value.isPresent() ? metadata.with(kept, value.get()) : metadata;
        }
        metadata = metadata.with("annotations", Mapping.EMPTY.with(Marks.INJECTED_BY, Marks.HALDANE));
        return new Manifest(Mapping.EMPTY
                .with("apiVersion", twin.apiVersion())
                .with("kind", twin.kind())
                .with("metadata", metadata)
                .with("spec", twin.at("spec").orElse(Mapping.EMPTY)));
    }

    private Manifest turned(Manifest manifest, List<String> path) {
        if (!path.equals(PODS)) {
            return at(manifest, path, false);
        }
        // Policies add up: the twin allows more, between all of both kinds of pods.
        var policy = at(manifest, PODS, true);
        policy = policy.withItems(List.of("spec", "ingress"), rule -> peers(rule, "from"));
        return policy.withItems(List.of("spec", "egress"), rule -> peers(rule, "to"));
    }

    private Node peers(Node rule, String field) {
        return rule.withItems(
                List.of(field),
                peer -> peer.at("namespaceSelector").isEmpty() && peer instanceof Mapping map
                        ? map.get("podSelector")
                                .<Node>map(selector -> map.with("podSelector", turned(selector, true)))
                                .orElse(peer)
                        : peer);
    }

    private Manifest at(Manifest manifest, List<String> path, boolean both) {
        var selector = manifest.root().at(path);
        return selector.isPresent() ? manifest.with(path, turned(selector.get(), both)) : manifest;
    }

    /// @param both whether the targets' pods are meant as well
    private Node turned(Node selector, boolean both) {
        var meant = new TreeMap<String, Set<String>>();
        for (Manifest target : targets) {
            var key = Selector.key(target);
            if (key.isPresent() && selects(selector, Selector.podLabels(target))) {
                var value = target.text("spec", "selector", "matchLabels", key.get());
                meant.computeIfAbsent(key.get(), _ -> new TreeSet<>()).add(value.orElse(""));
            }
        }
        var turned = selector;
        for (var entry : meant.entrySet()) {
            turned = turned(turned, entry.getKey(), entry.getValue(), both);
        }
        return turned;
    }

    private static Node turned(Node selector, String key, Set<String> values, boolean both) {
        for (String labels : List.of("matchLabels", "labels")) {
            var value = selector.text(labels, key);
            if (value.isPresent()) {
                return both
                        ? widened(selector.without(List.of(labels, key)), key, value.get())
                        : selector.with(List.of(labels, key), Scalar.of(value.get() + Marks.PRIMARY));
            }
        }
        return selector.withItems(List.of("matchExpressions"), expression -> {
            boolean among = expression.text("key").filter(key::equals).isPresent()
                    && expression.text("operator").filter("In"::equals).isPresent();
            return among ? expression.with(List.of("values"), primaries(expression, values, both)) : expression;
        });
    }

    private static Node widened(Node selector, String key, String value) {
        var expressions = new ArrayList<>(selector.items("matchExpressions"));
        expressions.add(Mapping.EMPTY
                .with("key", key)
                .with("operator", "In")
                .with("values", CanaryObject.texts(List.of(value, value + Marks.PRIMARY))));
        var rest =
                selector.map("matchLabels").entries().isEmpty() ? selector.without(List.of("matchLabels")) : selector;
        return rest.with(List.of("matchExpressions"), new Sequence(expressions));
    }

    /// Of several values, those of other workloads stay with the chart's own object.
    private static Sequence primaries(Node expression, Set<String> values, boolean both) {
        var primaries = new ArrayList<Node>(both ? expression.items("values") : List.of());
        for (Node each : expression.items("values")) {
            if (each instanceof Scalar s && values.contains(s.text())) {
                primaries.add(Scalar.of(s.text() + Marks.PRIMARY));
            }
        }
        return new Sequence(primaries);
    }

    private static boolean selects(Node selector, Map<String, String> podLabels) {
        var wanted = new Manifest(selector instanceof Mapping map ? map : Mapping.EMPTY);
        boolean labels = podLabels
                        .entrySet()
                        .containsAll(wanted.strings("matchLabels").entrySet())
                && podLabels.entrySet().containsAll(wanted.strings("labels").entrySet());
        return labels
                && selector.items("matchExpressions").stream().allMatch(expression -> holds(expression, podLabels));
    }

    private static boolean holds(Node expression, Map<String, String> podLabels) {
        var value = Optional.ofNullable(podLabels.get(expression.text("key").orElse("")));
        var among = value.isPresent()
                && expression.items("values").stream()
                        .anyMatch(item -> item instanceof Scalar s && s.text().equals(value.get()));
        return switch (expression.text("operator").orElse("")) {
            case "In" -> among;
            case "NotIn" -> !among;
            case "Exists" -> value.isPresent();
            case "DoesNotExist" -> value.isEmpty();
            default -> false;
        };
    }
}
