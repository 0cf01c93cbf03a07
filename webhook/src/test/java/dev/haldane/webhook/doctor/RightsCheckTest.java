package dev.haldane.webhook.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RightsCheckTest {

    private static final Path ROLES = Path.of("../charts/haldane/files/roles.yaml");

    @Test
    void looks_for_all_that_the_chart_grants_and_no_more() throws IOException {
        var granted = new ArrayList<String>();
        for (var text : Files.readString(ROLES).split("(?m)^---$", -1)) {
            var role = Serialization.unmarshal(text, GenericKubernetesResource.class);
            for (Map<String, List<String>> rule : role.<List<Map<String, List<String>>>>get("rules")) {
                if (!rule.containsKey("resourceNames")) {
                    granted.addAll(words(rule, role.getKind().equals("Role")));
                }
            }
        }

        var looked = RightsCheck.NEEDED.stream()
                .flatMap(right ->
                        right.verbs().stream().map(verb -> word(right.own(), right.group(), right.resource(), verb)))
                .toList();
        assertThat(looked)
                .containsExactlyInAnyOrderElementsOf(granted.stream().distinct().toList());
    }

    private static List<String> words(Map<String, List<String>> rule, boolean own) {
        var words = new ArrayList<String>();
        for (var group : rule.getOrDefault("apiGroups", List.of())) {
            for (var resource : rule.getOrDefault("resources", List.of())) {
                rule.getOrDefault("verbs", List.of()).forEach(verb -> words.add(word(own, group, resource, verb)));
            }
        }
        return words;
    }

    private static String word(boolean own, String group, String resource, String verb) {
        return (own ? "here " : "everywhere ") + group + "/" + resource + " " + verb;
    }
}
