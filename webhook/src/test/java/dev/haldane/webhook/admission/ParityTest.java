package dev.haldane.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.config.file.Configuration;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Marks;
import dev.haldane.postrender.rule.Objects;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rules.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The same object gets the same answer at each door, by every rule that acts at both.
class ParityTest {
    private static final Path CORPUS = Path.of("../../shared/corpus");
    private static final Release RELEASE = new Release("jx-production", "jx-production");
    private static final Set<String> REVIEWED = Set.of("Deployment", "Service", "VirtualService");

    /// `own-fields` is for manifests only; the others that are off act before an object is anybody's.
    private final RuleSet rules = RuleSet.of(Configuration.with(
            RolloutDefaults.builtIn(),
            List.of(
                    "rules={own-fields: false, drop-release: false, upgrade-canary: false, modernise: false}",
                    "hosts=[\"{app}.example.com\"]",
                    "publicUrls={ghcr.io: registry.example.com, us-central1-docker.pkg.dev: eu.example.com/demo}")));

    @Test
    void real_objects_become_the_same_at_admission_as_in_a_stream() throws IOException {
        assumeTrue(Files.isDirectory(CORPUS), "skipped: there is no " + CORPUS + " with real manifests");
        int compared = 0;
        int changed = 0;
        for (Path file : rendered()) {
            var text = Files.readString(file);
            var before = objects(text, file);
            var after = objects(rules.rewrite(text, file.toString(), RELEASE).text(), file);
            var around = new ArrayList<>(before);
            rules.derive(Bundle.of(before, RELEASE.namespace()), RELEASE).stream()
                    .filter(Marks::isInjectedCanary)
                    .forEach(around::add);
            for (int i = 0; i < before.size(); i++) {
                var object = before.get(i);
                if (!REVIEWED.contains(object.kind())
                        || object.annotation("helm.sh/hook").isPresent()) {
                    continue;
                }
                var admitted = rules.admit(object, Bundle.of(around, RELEASE.namespace()), RELEASE);
                assertThat(admitted).as(file + " " + object.label()).isEqualTo(after.get(i));
                compared++;
                changed += admitted.equals(object) ? 0 : 1;
            }
        }
        assertThat(compared).isGreaterThan(50);
        assertThat(changed).isGreaterThan(5);
    }

    private static List<Path> rendered() throws IOException {
        try (var files = Files.walk(CORPUS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.toString().contains("/templates/"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Manifest> objects(String text, Path file) {
        try {
            return Document.split(text, file.toString()).stream()
                    .flatMap(document -> Objects.in(document).manifests().stream())
                    .toList();
        } catch (UserError _) {
            return List.of();
        }
    }
}
