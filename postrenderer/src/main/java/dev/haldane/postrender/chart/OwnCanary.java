package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.template.GoTemplate.Block;
import dev.haldane.postrender.chart.template.Piece.Action;
import dev.haldane.postrender.chart.template.SourceLine;
import dev.haldane.postrender.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A Canary that the chart has written itself, and what it is while its switch is on.
///
/// @param chart    with the Service that the chart drops as soon as the switch is on
/// @param rendered with the switch on
record OwnCanary(Anatomy chart, Part part, OwnSwitch when, Rendered rendered, Manifest manifest) {

    /// The chart's own Canary, if it has one.
    static Optional<Part> in(Anatomy chart) {
        return chart.ofKind("Canary").stream()
                .filter(part -> part.group().isEmpty() || part.group().equals("flagger.app"))
                .findFirst();
    }

    /// @throws Anatomy.BrokenChart if the Canary could not be applied as it is
    /// @throws UnsupportedShape    if no switch that we could turn makes the chart render it
    static OwnCanary of(Anatomy original) {
        Part first = in(original).orElseThrow();
        if (in(original).stream().count() != original.ofKind("Canary").size()) {
            throw new UnsupportedShape(1, "it has several Canaries");
        }
        OwnSwitch when = OwnSwitch.of(original, first, Rendered.RELEASE.name());
        Anatomy chart = kept(original, when);
        Part part = in(chart).orElseThrow();
        OwnCanary found = at(chart, part, when);
        if (found.target().isPresent()) {
            return found;
        }
        // Jenkins X names its releases like the namespace, and some have written that into the template.
        OwnCanary named =
                at(chart, part, OwnSwitch.of(original, first, when.release().namespace()));
        if (named.target().isPresent()) {
            return named;
        }
        String target = found.manifest.text("spec", "targetRef", "name").orElse("");
        throw new Anatomy.BrokenChart(
                part.file(),
                part.outline().lines().getFirst().number(),
                found.manifest.label() + " targets Deployment/" + target + ", and the chart has none of that name");
    }

    /// The Deployment that it targets.
    Optional<Manifest> target() {
        String name = manifest.text("spec", "targetRef", "name").orElse("");
        return rendered.manifests().stream()
                .filter(object ->
                        object.kind().equals("Deployment") && object.name().equals(name))
                .findFirst();
    }

    private static OwnCanary at(Anatomy chart, Part part, OwnSwitch when) {
        Rendered rendered = Rendered.of(chart, when.on(), when.release());
        Manifest manifest = rendered.objects().get(part);
        if (manifest != null) {
            String port = manifest.text("spec", "service", "port").orElse("1");
            if (port.chars().allMatch(Character::isDigit)) {
                return new OwnCanary(chart, part, when, rendered, manifest);
            }
            int line = part.find("spec", "service", "port").stream()
                    .findFirst()
                    .map(SourceLine::number)
                    .orElse(1);
            throw new Anatomy.BrokenChart(part.file(), line, "the port of its Canary is no number: " + port);
        }
        int line = part.outline().lines().getFirst().number();
        String why = rendered.unknown().get(part);
        if (why == null) {
            throw new UnsupportedShape(line, "no switch that we know of makes the chart render its Canary");
        }
        throw new Anatomy.BrokenChart(part.file(), line, "with its switch on the Canary does not render: " + why);
    }

    /// The chart without the condition that takes its Service away when the switch is on: users call it by that name.
    private static Anatomy kept(Anatomy chart, OwnSwitch when) {
        Rendered on = Rendered.of(chart, when.on(), when.release());
        Rendered off = Rendered.of(chart, when.off(), when.release());
        var mended = new Mended();
        for (Part service : chart.ofKind("Service")) {
            if (off.objects().containsKey(service) && !on.objects().containsKey(service)) {
                for (Block block : service.outline().guards()) {
                    keep(service, block.opener(), when, mended);
                }
            }
        }
        if (mended.isEmpty()) {
            return chart;
        }
        Anatomy kept = Anatomy.of(mended.applied(chart.source()));
        boolean same = Rendered.of(kept, when.off(), when.release()).manifests().equals(off.manifests());
        return same ? kept : chart;
    }

    private static void keep(Part service, Action opener, OwnSwitch when, Mended mended) {
        SourceLine line = service.template().lineAt(opener.start());
        String before = service.template().source().substring(line.start(), line.end());
        String after = before;
        for (List<String> path : when.paths()) {
            after = after.replaceAll("\\$?\\.Values\\." + String.join("\\.", path) + "(?![\\w.])", "false");
        }
        if (!after.equals(before)) {
            mended.line(service, line, after, List.of());
        }
    }

    /// What was changed so far, by file.
    List<String> kept(ChartSource original) {
        var files = new ArrayList<String>();
        chart.source().files().forEach((file, text) -> {
            if (!text.equals(original.files().get(file)) && !file.equals(ChartSource.VALUES)) {
                files.add(file);
            }
        });
        return files;
    }
}
