package dev.haldane.postrender.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.config.file.Configuration;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rule.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the configuration makes of routes: entries, weights, Gateways, previews. A folder each.
class RoutingTest {

    private static final Path FOLDERS = Path.of("src/test/resources/routing");

    static List<String> folders() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDERS)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void becomes_what_its_folder_says(String name) throws IOException {
        var folder = FOLDERS.resolve(name);
        var rendering = rendering(folder, Files.readString(folder.resolve("before.yaml")));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(folder.resolve("after.yaml"), rendering.text());
            Files.writeString(folder.resolve("report.txt"), rendering.report().text());
        }

        assertThat(rendering.text()).isEqualTo(Files.readString(folder.resolve("after.yaml")));
        assertThat(rendering.report().text()).isEqualTo(Files.readString(folder.resolve("report.txt")));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void is_done_once_and_can_be_taken_back(String name) throws IOException {
        var folder = FOLDERS.resolve(name);
        var before = Files.readString(folder.resolve("before.yaml"));
        var once = rendering(folder, before).text();

        assertThat(rendering(folder, once).text()).isEqualTo(once);
        assertThat(Uninject.undo(once, "before.yaml").text()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void weights_that_we_write_sum_to_100(String name) throws IOException {
        var folder = FOLDERS.resolve(name);
        var after = Files.readString(folder.resolve("after.yaml"));

        for (Document document : Document.split(after, "after.yaml")) {
            document.manifest()
                    .filter(manifest ->
                            manifest.annotations().keySet().stream().anyMatch(key -> key.startsWith("haldane.dev/")))
                    .ifPresent(RoutingTest::assertSums);
        }
    }

    private static void assertSums(Manifest route) {
        for (Node rule : route.root().items("spec", "http")) {
            var destinations = rule.items("route");
            if (destinations.size() > 1) {
                assertThat(destinations.stream()
                                .map(destination -> destination.text("weight"))
                                .flatMap(Optional::stream)
                                .mapToInt(Integer::parseInt)
                                .sum())
                        .as(route.label())
                        .isEqualTo(100);
            }
        }
    }

    private static Rendering rendering(Path folder, String text) throws IOException {
        var defaults = Configuration.parse(Files.readString(folder.resolve("haldane.yaml")), "haldane.yaml");
        return RuleSet.of(defaults).rewrite(text, "before.yaml", Release.UNKNOWN);
    }
}
