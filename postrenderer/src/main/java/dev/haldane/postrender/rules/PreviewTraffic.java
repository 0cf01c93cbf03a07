package dev.haldane.postrender.rules;

import dev.haldane.postrender.candidate.Candidate;
import dev.haldane.postrender.candidate.EntryObject;
import dev.haldane.postrender.candidate.PreviewRoutes;
import dev.haldane.postrender.candidate.PreviewWish;
import dev.haldane.postrender.candidate.Previews;
import dev.haldane.postrender.candidate.Qualifier;
import dev.haldane.postrender.candidate.Settings;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Marks;
import dev.haldane.postrender.rule.Reason;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rule.Scene;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Sends some percent of production's requests to previews or staging environments. Where there is a Canary it says so,
/// and the loop, which owns the weights, reads it; elsewhere the previews are destinations of the VirtualService.
final class PreviewTraffic implements Rule {
    private static final String ISTIO = "networking.istio.io";

    private final RolloutDefaults defaults;

    PreviewTraffic(RolloutDefaults defaults) {
        this.defaults = defaults;
    }

    @Override
    public String id() {
        return "preview-traffic";
    }

    @Override
    public String sentence() {
        return "sends N % of production's requests to a preview or staging environment, where haldane.dev/preview asks for it";
    }

    @Override
    public Stage stage() {
        return Stage.PREVIEW;
    }

    /// Which preview gets how much is no property of a chart.
    @Override
    public boolean at(Door door) {
        return door != Door.CHART;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("Canary", "Deployment", "Service", "VirtualService");
    }

    @Override
    public Answer apply(Manifest manifest, Scene scene) {
        var wish = new PreviewWish(scene.bundle(), defaults.routing().preview());
        try {
            if (manifest.is("flagger.app", "Canary")) {
                return canary(manifest, wish, scene);
            } else if (manifest.is(ISTIO, "VirtualService")) {
                return wish.isAnywhere() ? route(manifest, wish) : Answer.same();
            } else if (manifest.is("apps", "Deployment") && !wish.isNone(manifest)) {
                return deployment(manifest, wish, scene.bundle());
            }
        } catch (Previews.Malformed e) {
            return new Answer.Refused(Reason.BAD_SETTING, Marks.PREVIEW + ": " + e.getMessage());
        } catch (PreviewRoutes.Impossible e) {
            return new Answer.Refused(Reason.PREVIEW_NOT_POSSIBLE, String.valueOf(e.getMessage()));
        }
        return Answer.same();
    }

    private static Answer canary(Manifest canary, PreviewWish wish, Scene scene) {
        var previews = wish.ofCanary(canary);
        var own = own(canary, scene);
        if (previews.shares().stream().anyMatch(share -> share.namespace().equals(own))) {
            return new Answer.Refused(Reason.PREVIEW_NOT_POSSIBLE, own + " is production's own namespace");
        }
        if (previews.isEmpty() || canary.annotation(Marks.PREVIEW).isPresent()) {
            return Answer.same();
        }
        var changed = canary.withAnnotation(Marks.PREVIEW, previews.toString());
        return becomes(Marks.isInjected(canary) ? changed : changed.withAnnotation(Marks.CHANGED, "preview"), previews);
    }

    private static String own(Manifest manifest, Scene scene) {
        return manifest.namespace().isEmpty() ? scene.release().namespace() : manifest.namespace();
    }

    /// The loop writes the weights of a delegate, and of what it has taken over; in an object that stands for both
    /// primary and canary from the start the previews must stand as well.
    private static Answer route(Manifest route, PreviewWish wish) {
        for (var of : wish.all(route)) {
            boolean ours = Marks.isInjected(route) && route.name().equals(of.service());
            if (of.hasCanary() && !ours) {
                if (new PreviewRoutes(route, of.service(), of.previews()).leadsToService()) {
                    return Answer.same();
                }
                continue;
            }
            var routes = new PreviewRoutes(route, of.service(), of.previews());
            if (!of.previews().isEmpty() && routes.leadsToService()) {
                var shared = routes.shared();
                return shared.equals(route) ? Answer.same() : becomes(shared, of.previews());
            }
        }
        return Answer.same();
    }

    private static Answer becomes(Manifest changed, Previews previews) {
        return new Answer.Becomes(List.of(changed), "requests for previews, in percent: " + previews);
    }

    /// Without a Canary and without a VirtualService of the chart nobody shares requests out yet.
    private Answer deployment(Manifest deployment, PreviewWish wish, Bundle bundle) {
        var qualifier = new Qualifier(bundle);
        if (qualifier.canaryOf(deployment).isPresent()) {
            return Answer.same();
        }
        var front = qualifier.front(deployment);
        if (front.isEmpty()) {
            return deployment.annotation(Marks.PREVIEW).isPresent()
                    ? new Answer.Refused(Reason.PREVIEW_NOT_POSSIBLE, "no Service with one HTTP port reaches it")
                    : Answer.same();
        }
        var service = front.get().apex().name();
        var previews = wish.ofDeployment(deployment, service);
        boolean routed = bundle.of(ISTIO, "VirtualService").stream()
                .filter(route -> bundle.together(route, deployment))
                .anyMatch(route -> new PreviewRoutes(route, service, previews).leadsToService());
        if (previews.isEmpty() || routed) {
            return Answer.same();
        }
        return entry(deployment, front.get(), previews)
                .<Answer>map(entry -> new Answer.Becomes(
                        List.of(deployment, entry), "requests for previews, in percent: " + previews))
                .orElse(Answer.same());
    }

    private Optional<Manifest> entry(Manifest deployment, Candidate front, Previews previews) {
        try {
            var settings = Settings.of(deployment, front.apex().name(), defaults);
            var port = front.port();
            var plain = new EntryObject(front.apex(), port.number(), port.alone(), settings).plain();
            return Optional.of(new PreviewRoutes(plain, front.apex().name(), previews).shared());
        } catch (Settings.Nonsense _) {
            // inject-canary says that.
            return Optional.empty();
        }
    }
}
