package dev.haldane.postrender.rules;

import dev.haldane.postrender.candidate.EntryObject;
import dev.haldane.postrender.candidate.GatewayObject;
import dev.haldane.postrender.candidate.OwnRoutes;
import dev.haldane.postrender.candidate.Settings;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Marks;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rule.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Hands the requests of each injected Canary over to the VirtualService that the loop owns: by a static entry, or by
/// a rule in the VirtualService that the chart has for its host.
final class InjectVirtualService implements Rule {
    private static final String GROUP = "networking.istio.io";

    private final RolloutDefaults defaults;

    InjectVirtualService(RolloutDefaults defaults) {
        this.defaults = defaults;
    }

    @Override
    public String id() {
        return "inject-virtualservice";
    }

    @Override
    public String sentence() {
        return "adds the static VirtualService that delegates to the rollout's, or a rule to the chart's own one";
    }

    @Override
    public Stage stage() {
        return Stage.ROUTE;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("Canary", "Deployment", "Service", "VirtualService");
    }

    @Override
    public Answer apply(Manifest manifest, Scene scene) {
        boolean weighted = defaults.routing().weighted();
        // A live Service would answer 503 until its primary is there; the loop makes the same object then.
        if (weighted && scene.door() == Door.ADMISSION) {
            return Answer.same();
        }
        if (Marks.isInjectedCanary(manifest) && isDelegating(manifest) != weighted) {
            return entry(manifest, scene);
        } else if (manifest.is(GROUP, "VirtualService") && !Marks.isInjected(manifest)) {
            return ownRoute(manifest, scene);
        }
        return Answer.same();
    }

    private static boolean isDelegating(Manifest canary) {
        return canary.text("spec", "service", "delegation")
                .filter("true"::equals)
                .isPresent();
    }

    private Answer entry(Manifest canary, Scene scene) {
        var front = front(canary, scene.bundle());
        if (front.isEmpty()) {
            return Answer.same();
        }
        boolean weighted = defaults.routing().weighted();
        var entry = weighted ? front.get().weighted() : front.get().delegating();
        var added = new ArrayList<>(List.of(canary));
        if (!isBehindOwnRoute(front.get(), scene.bundle()) && isNew(entry, canary, scene.bundle())) {
            added.add(entry);
            var gateway = gateway(canary, front.get(), scene.bundle());
            gateway.ifPresent(added::add);
        }
        var name = front.get().apex().name();
        var why = weighted
                ? "shares requests between Service/" + name + "-primary and -canary"
                : "delegates to VirtualService/" + name;
        var behind = added.size() == 3 ? ", behind " + added.getLast().label() : "";
        return added.size() == 1 ? Answer.same() : new Answer.Becomes(added, why + behind);
    }

    private static boolean isNew(Manifest object, Manifest neighbour, Bundle bundle) {
        return bundle.find(object.group(), object.kind(), object.name(), neighbour)
                .isEmpty();
    }

    private static boolean isBehindOwnRoute(EntryObject front, Bundle bundle) {
        return !new OwnRoutes(bundle, front.apex())
                .concerning(front.settings().hosts())
                .isEmpty();
    }

    /// What stands in front of a Canary's Service; empty if that or the Deployment is not here.
    private Optional<EntryObject> front(Manifest canary, Bundle bundle) {
        var apex = apex(canary, bundle);
        var target = canary.text("spec", "targetRef", "name").orElse("");
        var deployment = bundle.find("apps", "Deployment", target, canary);
        if (apex.isEmpty() || deployment.isEmpty()) {
            return Optional.empty();
        }
        try {
            var settings = Settings.of(deployment.get(), apex.get().name(), defaults);
            int port = Integer.parseInt(canary.text("spec", "service", "port").orElse("0"));
            boolean alone = apex.get().root().items("spec", "ports").size() == 1;
            return Optional.of(new EntryObject(apex.get(), port, alone, settings));
        } catch (Settings.Nonsense _) {
            // Said by inject-canary already, if this is its run.
            return Optional.empty();
        }
    }

    /// Several Canaries may share one: the first of them adds it, with the hosts of all.
    private Optional<Manifest> gateway(Manifest canary, EntryObject front, Bundle bundle) {
        var asked = defaults.routing().gateway();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        var name = asked.get().name().replace("{app}", front.apex().name());
        var sharing = bundle.of("flagger.app", "Canary").stream()
                .filter(other -> Marks.isInjected(other) && bundle.together(other, canary))
                .filter(other -> front(other, bundle)
                        .filter(its -> its.settings().gateways().contains(name))
                        .isPresent())
                .toList();
        if (!sharing.getFirst().equals(canary)) {
            return Optional.empty();
        }
        var hosts = sharing.stream()
                .flatMap(other -> front(other, bundle).stream())
                .flatMap(its -> its.settings().hosts().stream())
                .distinct()
                .toList();
        var gateway = GatewayObject.of(asked.get(), name, hosts, front.apex());
        return Optional.of(gateway).filter(added -> isNew(added, canary, bundle));
    }

    private static Answer ownRoute(Manifest route, Scene scene) {
        for (Manifest canary : scene.bundle().of("flagger.app", "Canary")) {
            var apex = Marks.isInjectedCanary(canary) && isDelegating(canary)
                    ? apex(canary, scene.bundle())
                    : Optional.<Manifest>empty();
            if (apex.isEmpty()) {
                continue;
            }
            var routes = new OwnRoutes(scene.bundle(), apex.get());
            boolean usable = routes.concerning(List.of()).contains(route)
                    && !routes.isDelegating(route)
                    && routes.problem(route, scene.door()).isEmpty();
            if (usable) {
                var changed = routes.delegating(route);
                var renamed = changed.name().equals(route.name()) ? "" : ", and made room as " + changed.name();
                return new Answer.Becomes(
                        List.of(changed),
                        "delegates to VirtualService/" + apex.get().name() + renamed);
            }
        }
        return Answer.same();
    }

    private static Optional<Manifest> apex(Manifest canary, Bundle bundle) {
        return bundle.find("", "Service", canary.text("spec", "service", "name").orElse(""), canary);
    }
}
