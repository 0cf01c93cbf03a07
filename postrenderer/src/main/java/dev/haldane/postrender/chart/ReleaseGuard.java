package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.template.SourceLine;
import java.util.List;

/// The release notes that `jx step changelog` has written into a chart: not rendered while the switch is on.
final class ReleaseGuard {
    private static final String GROUP = "jenkins.io";

    private ReleaseGuard() {}

    /// Five other API groups have a kind Release.
    static List<Part> releases(Anatomy chart) {
        return chart.of(GROUP, "Release");
    }

    static void apply(Part release, Anatomy chart, TemplateEditor editor, String enabled) {
        boolean alone = chart.parts().stream()
                        .filter(part -> part.file().equals(release.file()))
                        .count()
                == 1;
        List<SourceLine> lines = release.outline().lines();
        SourceLine first = alone ? lines.getFirst() : release.find("apiVersion").getFirst();
        editor.onlyOff(first, lines.getLast(), enabled);
    }
}
