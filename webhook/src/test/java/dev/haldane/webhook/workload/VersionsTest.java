package dev.haldane.webhook.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.haldane.webhook.cluster.Kind;
import dev.haldane.webhook.cluster.KubeObject;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {

    @ParameterizedTest
    @CsvSource({
        "croc-hunter:1.8.2, 1.8.2",
        "registry.example.org:5000/jx/croc-hunter:1.8.2, 1.8.2",
        "registry.example.org:5000/jx/croc-hunter, ''",
        "croc-hunter:1.8.2@sha256:0123, 1.8.2",
        "croc-hunter@sha256:0123, ''"
    })
    void an_images_tag_is_the_version_for_people(String image, String version) {
        var container = JsonNodeFactory.instance.arrayNode();
        container.addObject().put("image", image);

        assertThat(Versions.app(deployment().with(container, "spec", "template", "spec", "containers")))
                .isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({
        "croc-hunter-1.8.2, 1.8.2",
        "croc-hunter-0.0.0-SNAPSHOT-PR-7-1, 0.0.0-SNAPSHOT-PR-7-1",
        "my-2-apps-v1.2.3_build.4, v1.2.3+build.4",
        "croc-hunter, ''"
    })
    void a_charts_version_stands_behind_its_name(String label, String version) {
        assertThat(Versions.chart(deployment().with(Map.of("chart", label), "metadata", "labels")))
                .isEqualTo(version);
        assertThat(Versions.chart(deployment().with(Map.of("helm.sh/chart", label), "metadata", "labels")))
                .isEqualTo(version);
    }

    private static KubeObject deployment() {
        return KubeObject.named(Kind.DEPLOYMENT, "test", "podinfo");
    }
}
