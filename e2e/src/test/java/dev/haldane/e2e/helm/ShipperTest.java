package dev.haldane.e2e.helm;

import static dev.haldane.e2e.RealParts.checkout;
import static dev.haldane.e2e.RealParts.programOrSkip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.e2e.Program;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.shipper.ShipperReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real charts, rendered by the real Helm and piped through the packaged program, are such that Shipper takes them:
/// blue/green, and in several clusters.
class ShipperTest {
    private static final String BLUE = "shop-5f3c2a-0";
    private static final String GREEN = "shop-9d41b7-0";

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(textBlock = """
                    shipper-reviews-api/reviews-api, ''
                    croc-hunter/charts/croc-hunter-jenkinsx, canary.enable=true
                    gke-python-http/charts/gke-python-http, ''
                    draft-dropwizard-2018-11/packs/dropwizard/charts, ''
                    jxk-maven-2018-11/packs/maven/charts, ''
                    jxk-go-2019-04/packs/go/charts, ''
                    jxk-go-2020-01/packs/go/charts, hpa.enabled=true
                    jxk-go-2020-03/packs/go/charts, hpa.enabled=true
                    jxk-ui-nginx-2020-01/packs/javascript-ui-nginx/charts, ''
                    jxr-go-2020-11/packs/go/charts, ''
                    fmtok8s-c4p-rest/charts/fmtok8s-c4p-rest, ''
                    podinfo/charts/podinfo, 'ingress.enabled=true,hpa.enabled=true,serviceMonitor.enabled=true'
                    """)
    void a_chart_comes_out_as_shipper_takes_it(String chart, String settings) {
        var blue = shipped(chart, settings, BLUE);
        var green = shipped(chart, settings, GREEN);

        assertThat(ShipperReading.refusals(blue, BLUE)).as(blue).isEmpty();
        assertThat(ShipperReading.refusals(green, GREEN)).as(green).isEmpty();
        assertThat(only(blue, "Deployment").name())
                .isNotEqualTo(only(green, "Deployment").name());
        assertThat(balancer(blue).name()).isEqualTo(balancer(green).name());
        assertThat(balancer(blue).at("spec", "selector"))
                .isEqualTo(balancer(green).at("spec", "selector"));
    }

    @Test
    void other_clusters_find_image_and_chart() throws IOException {
        var chart = "jxk-go-2020-03/packs/go/charts";
        var inside = "docker-registry.jx.us.g.csanchez.org";
        var rendered = shipped(chart, "image.repository=" + inside + "/jx/shop,image.tag=1.0.3", BLUE);
        var application = haldane(Files.readString(corpus("croc-hunter/shipper/croc-hunter.yaml")));

        assertThat(rendered).contains("registry.example.com/jx/shop:1.0.3").doesNotContain(inside);
        assertThat(application)
                .contains("repository: registry.example.com/carlossg/croc-hunter-jenkinsx")
                .contains("https://charts.example.com")
                .doesNotContain(inside, "//chartmuseum");
    }

    /// As README says: Shipper renders what it installs, so that it gets the rendered chart, with the release's name
    /// open again.
    @Test
    void the_rendered_chart_is_one_that_shipper_can_render_for_each_release() throws IOException {
        var templates = Files.createDirectories(home.resolve("shipper/shop/templates"));
        Files.writeString(templates.resolveSibling("Chart.yaml"), "apiVersion: v1\nname: shop\nversion: 1.0.3\n");
        Files.writeString(
                templates.resolve("all.yaml"),
                shipped("jxk-go-2020-03/packs/go/charts", "", "the-release")
                        .replace("the-release", "{{ .Release.Name }}"));

        var blue = rendered(home.resolve("shipper/shop"), "", BLUE);
        var green = rendered(home.resolve("shipper/shop"), "", GREEN);

        assertThat(ShipperReading.refusals(blue, BLUE)).as(blue).isEmpty();
        assertThat(ShipperReading.refusals(green, GREEN)).as(green).isEmpty();
        assertThat(balancer(blue)).isEqualTo(balancer(green));
    }

    private String shipped(String chart, String settings, String release) {
        return haldane(rendered(corpus(chart), settings, release), "--release", release, "--set", "rules.shipper=true");
    }

    private String rendered(Path chart, String settings, String release) {
        var command = Packaged.words(
                programOrSkip("helm3"),
                "template",
                release,
                chart.toString(),
                "--namespace",
                "test",
                "--kube-version",
                "v1.33.0",
                "--set",
                settings);
        return Program.run(command, Map.of("HELM_CONFIG_HOME", home.toString()), "")
                .orThrow();
    }

    private String haldane(String manifests, String... words) {
        var command = new java.util.ArrayList<>(List.of(
                Packaged.launcher().toString(),
                "post-render",
                "--set",
                "publicUrls.docker-registry.jx.us.g.csanchez.org=registry.example.com",
                "--set",
                "publicUrls.chartmuseum.jx.us.g.csanchez.org=https://charts.example.com"));
        command.addAll(List.of(words));
        return Program.run(command, Packaged.environment(home), manifests).orThrow();
    }

    private static Path corpus(String path) {
        var file = checkout("../shared/corpus").resolve(path);
        return Files.exists(file) ? file : Assumptions.abort("SKIPPED: there is no " + file);
    }

    private static Manifest only(String stream, String kind) {
        return objects(stream).stream()
                .filter(object -> object.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static Manifest balancer(String stream) {
        return objects(stream).stream()
                .filter(object -> "production".equals(object.labels().get("shipper-lb")))
                .findFirst()
                .orElseGet(() -> only(stream, "Service"));
    }

    private static List<Manifest> objects(String stream) {
        return Document.split(stream, "stream").stream()
                .flatMap(document -> document.manifest().stream())
                .toList();
    }
}
