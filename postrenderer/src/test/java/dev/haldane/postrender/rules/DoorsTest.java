package dev.haldane.postrender.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.config.file.Configuration;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Objects;
import dev.haldane.postrender.rule.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules that act at admission give the same answer there as in a stream, object by object and until nothing is left
/// to do.
class DoorsTest {

    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Release RELEASE = new Release("", "jx-production");

    /// At admission nothing can be renamed, an object stands once only, and a live Service does not wait for its
    /// primary.
    private static final Set<String> OTHERWISE = Set.of(
            "own-virtualservice-with-the-services-name",
            "deployment-twice",
            "service-twice",
            "no-name",
            "gateway-weighted",
            "weighted",
            "weighted-in-the-mesh",
            "weighted-one-of-several-ports",
            "weighted-with-a-preview");

    static List<Path> streams() throws IOException {
        var streams = new ArrayList<Path>();
        for (String folder : List.of("cases", "routing")) {
            try (Stream<Path> files = Files.walk(RESOURCES.resolve(folder))) {
                files.filter(file -> file.endsWith("in.yaml") || file.endsWith("before.yaml"))
                        .filter(file -> !OTHERWISE.contains(
                                file.getName(file.getNameCount() - 2).toString()))
                        .sorted()
                        .forEach(streams::add);
            }
        }
        return streams;
    }

    @ParameterizedTest
    @MethodSource("streams")
    void give_the_same_objects(Path file) throws IOException {
        var configuration = file.resolveSibling("haldane.yaml");
        var text = Files.exists(configuration) ? Files.readString(configuration) : "";
        var defaults = text.isEmpty() ? RolloutDefaults.builtIn() : Configuration.parse(text, "haldane.yaml");
        var rules = new RuleSet(RuleSet.of(defaults).rules().stream()
                .filter(rule -> rule.at(Door.ADMISSION))
                .toList());
        var stream = Files.readString(file);

        var inAStream = objects(rules.rewrite(stream, "in.yaml", RELEASE).text());

        assertThat(admitted(rules, objects(stream))).containsExactlyInAnyOrderElementsOf(inAStream);
    }

    private static List<Manifest> admitted(RuleSet rules, List<Manifest> objects) {
        var world = new ArrayList<>(objects);
        List<Manifest> before;
        do {
            before = List.copyOf(world);
            for (int i = 0; i < world.size(); i++) {
                world.set(i, rules.admit(world.get(i), bundle(world), RELEASE));
            }
            world.addAll(rules.derive(bundle(world), RELEASE));
        } while (!world.equals(before));
        return world;
    }

    private static Bundle bundle(List<Manifest> world) {
        return Bundle.of(world, RELEASE.namespace());
    }

    private static List<Manifest> objects(String stream) {
        return Document.split(stream, "stream").stream()
                .flatMap(document -> Objects.in(document).manifests().stream())
                .toList();
    }
}
