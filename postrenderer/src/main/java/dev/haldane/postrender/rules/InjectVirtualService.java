package dev.haldane.postrender.rules;

import dev.haldane.postrender.candidate.EntryObject;
import dev.haldane.postrender.candidate.OwnRoutes;
import dev.haldane.postrender.candidate.Settings;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Marks;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rule.Scene;
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
        if (isDelegatingCanary(manifest)) {
            return entry(manifest, scene);
        } else if (manifest.is(GROUP, "VirtualService") && !Marks.isInjected(manifest)) {
            return ownRoute(manifest, scene);
        }
        return Answer.same();
    }

    private static boolean isDelegatingCanary(Manifest manifest) {
        return Marks.isInjectedCanary(manifest)
                && manifest.text("spec", "service", "delegation")
                        .filter("true"::equals)
                        .isPresent();
    }

    private Answer entry(Manifest canary, Scene scene) {
        var bundle = scene.bundle();
        var apex = apex(canary, bundle);
        var deployment = bundle.find(
                "apps", "Deployment", canary.text("spec", "targetRef", "name").orElse(""), canary);
        if (apex.isEmpty() || deployment.isEmpty()) {
            return Answer.same();
        }
        Settings settings;
        try {
            settings = Settings.of(deployment.get(), apex.get().name(), defaults);
        } catch (Settings.Nonsense _) {
            // Said by inject-canary already, if this is its run.
            return Answer.same();
        }
        boolean there = bundle.find(GROUP, "VirtualService", OwnRoutes.entryName(apex.get()), canary)
                .isPresent();
        boolean own =
                !new OwnRoutes(bundle, apex.get()).concerning(settings.hosts()).isEmpty();
        if (there || own) {
            return Answer.same();
        }
        int port = Integer.parseInt(canary.text("spec", "service", "port").orElse("0"));
        boolean alone = apex.get().root().items("spec", "ports").size() == 1;
        var entry = EntryObject.of(apex.get(), port, alone, settings);
        return new Answer.Becomes(
                List.of(canary, entry),
                "delegates to VirtualService/" + apex.get().name());
    }

    private static Answer ownRoute(Manifest route, Scene scene) {
        for (Manifest canary : scene.bundle().of("flagger.app", "Canary")) {
            var apex = isDelegatingCanary(canary) ? apex(canary, scene.bundle()) : Optional.<Manifest>empty();
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
