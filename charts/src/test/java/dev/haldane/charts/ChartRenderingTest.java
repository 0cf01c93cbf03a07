package dev.haldane.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.chart.ChartRendering;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Release;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartRenderingTest {

    private static final Path SAMPLE = Path.of("croc-hunter");

    @Test
    void the_sample_chart_is_rendered_as_helm_renders_it() {
        var release = new Release(Helm.NAMESPACE, Helm.NAMESPACE);
        var helm = Helm.any().template(SAMPLE);

        assertThat(objects(ChartRendering.of(SAMPLE, release)))
                .hasSize(3)
                .containsExactlyInAnyOrderElementsOf(objects(helm));
    }

    private static List<Manifest> objects(String text) {
        return Document.split(text, "test").stream()
                .flatMap(document -> document.manifest().stream())
                .filter(manifest -> !manifest.kind().isEmpty())
                .toList();
    }
}
