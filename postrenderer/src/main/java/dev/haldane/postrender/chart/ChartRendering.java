package dev.haldane.postrender.chart;

import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.rule.Release;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// The manifests of a chart, made without Helm, for those who cannot ask for one: `haldane demo` needs nothing but
/// Java. Where [Rendered] does not understand a template, this says so; it never leaves an object out.
public final class ChartRendering {

    private ChartRendering() {}

    /// What `helm template RELEASE CHART` prints, but for comments.
    ///
    /// @param chart the directory that Chart.yaml is in
    /// @throws UserError if there is no chart, or a template is not understood
    public static String of(Path chart, Release release) {
        Anatomy anatomy = anatomy(chart);
        Rendered rendered = Rendered.of(anatomy, anatomy.values(), release);
        if (!rendered.unknown().isEmpty()) {
            String reasons = rendered.unknown().entrySet().stream()
                    .map(entry -> chart.resolve(entry.getKey().file()) + ": " + entry.getValue())
                    .collect(Collectors.joining("\n"));
            throw UserError.input(reasons, "helm template can render it");
        }
        return Document.join(rendered.manifests().stream()
                .map(manifest -> Document.of(manifest.root(), List.of(), "\n"))
                .toList());
    }

    private static Anatomy anatomy(Path chart) {
        try {
            return Anatomy.of(ChartSource.read(chart));
        } catch (Anatomy.BrokenChart e) {
            throw UserError.input(chart + ": " + e.problem(), "");
        }
    }
}
