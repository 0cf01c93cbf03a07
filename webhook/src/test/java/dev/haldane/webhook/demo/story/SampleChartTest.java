package dev.haldane.webhook.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleChartTest {

    private static final Path ORIGINAL = Path.of("../charts/croc-hunter");

    @TempDir
    Path folder;

    @Test
    void the_jar_has_every_file_of_the_chart() throws IOException {
        SampleChart.unpack(folder.resolve("chart"));

        try (var files = Files.walk(ORIGINAL)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> ORIGINAL.relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(SampleChart.FILES);
        }
        for (String file : SampleChart.FILES) {
            assertThat(folder.resolve("chart").resolve(file)).hasSameBinaryContentAs(ORIGINAL.resolve(file));
        }
    }

    @Test
    void a_release_changes_the_version_and_the_tag_and_nothing_else() throws IOException {
        var released = SampleChart.unpack(folder.resolve("chart")).release("1.2.3");

        assertThat(Files.readString(released.resolve("Chart.yaml")))
                .isEqualTo(
                        Files.readString(ORIGINAL.resolve("Chart.yaml")).replace("version: 1.0.0", "version: 1.2.3"));
        assertThat(Files.readString(released.resolve("values.yaml")))
                .isEqualTo(Files.readString(ORIGINAL.resolve("values.yaml")).replace("tag: 1.0.0", "tag: 1.2.3"));
    }
}
