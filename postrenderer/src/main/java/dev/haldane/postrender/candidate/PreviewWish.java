package dev.haldane.postrender.candidate;

import dev.haldane.postrender.config.RoutingDefaults.PreviewDefaults;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Marks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Who wants which previews: a Canary's own annotation counts before its Deployment's, and that before the
/// configuration.
public final class PreviewWish {
    private final Bundle bundle;
    private final List<PreviewDefaults> defaults;

    public PreviewWish(Bundle bundle, List<PreviewDefaults> defaults) {
        this.bundle = bundle;
        this.defaults = defaults;
    }

    /// @throws Previews.Malformed if an annotation cannot be read
    public Previews ofCanary(Manifest canary) {
        var own = canary.annotation(Marks.PREVIEW);
        if (own.isPresent()) {
            return Previews.parse(own.get());
        }
        var target = canary.text("spec", "targetRef", "name").orElse("");
        return wish(bundle.find("apps", "Deployment", target, canary), List.of(serviceOf(canary), target));
    }

    /// @throws Previews.Malformed if the annotation cannot be read
    public Previews ofDeployment(Manifest deployment, String service) {
        return wish(Optional.of(deployment), List.of(service, deployment.name()));
    }

    /// Whether there is anything to look for.
    public boolean isNone(Manifest deployment) {
        return defaults.isEmpty() && deployment.annotation(Marks.PREVIEW).isEmpty();
    }

    /// Whether anybody in the bundle wants a preview: asked once, as most streams have many routes and no preview.
    public boolean isAnywhere() {
        return !defaults.isEmpty()
                || bundle.once(
                                Annotated.class,
                                () -> new Annotated(Stream.of("Canary", "Deployment")
                                        .flatMap(kind -> bundle.ofKind(kind).stream())
                                        .anyMatch(one ->
                                                one.annotation(Marks.PREVIEW).isPresent())))
                        .any();
    }

    private record Annotated(boolean any) {}

    private Previews wish(Optional<Manifest> deployment, List<String> names) {
        return deployment
                .flatMap(there -> there.annotation(Marks.PREVIEW))
                .map(Previews::parse)
                .orElseGet(() -> Previews.of(defaults, names));
    }

    /// What stands for an application in front of a VirtualService: its Service's name and the previews.
    public record OfService(String service, Previews previews, boolean hasCanary) {}

    /// All that a VirtualService could lead to. What cannot be read has been said of its Canary or Deployment.
    public List<OfService> all(Manifest route) {
        var all = new ArrayList<OfService>();
        for (Manifest canary : bundle.of("flagger.app", "Canary")) {
            if (bundle.together(canary, route)) {
                all.add(new OfService(serviceOf(canary), readable(() -> ofCanary(canary)), true));
            }
        }
        var qualifier = new Qualifier(bundle);
        for (Manifest deployment : bundle.of("apps", "Deployment")) {
            if (deployment.annotation(Marks.PREVIEW).isPresent() && bundle.together(deployment, route)) {
                qualifier
                        .front(deployment)
                        .ifPresent(front -> all.add(new OfService(
                                front.apex().name(),
                                readable(() ->
                                        ofDeployment(deployment, front.apex().name())),
                                false)));
            }
        }
        // A VirtualService may come alone, without what it leads to.
        defaults.stream()
                .map(PreviewDefaults::app)
                .distinct()
                .forEach(app -> all.add(new OfService(app, Previews.of(defaults, List.of(app)), false)));
        return all;
    }

    private static Previews readable(java.util.function.Supplier<Previews> previews) {
        try {
            return previews.get();
        } catch (Previews.Malformed _) {
            return Previews.NONE;
        }
    }

    static String serviceOf(Manifest canary) {
        return Stream.of(canary.text("spec", "service", "name"), canary.text("spec", "targetRef", "name"))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
    }
}
