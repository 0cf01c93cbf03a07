package dev.haldane.webhook.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodTemplateTest {

    private static final RoleLabel LABEL = new RoleLabel("app", "podinfo", Map.of());

    @Test
    void a_revision_does_not_depend_on_the_order_of_keys_nor_on_null() {
        var one = template("{'metadata': {'labels': {'a': '1', 'b': '2'}}, 'spec': {'x': [1, 2]}}");
        var two = template(
                "{'spec': {'x': [1, 2]}, 'metadata': {'creationTimestamp': null, 'labels': {'b': '2', 'a': '1'}}}");

        assertThat(one.revision()).isEqualTo(two.revision());
        assertThat(one.revision().hash()).matches("t1-[0-9a-f]{16}");
    }

    @Test
    void a_revision_depends_on_everything_else() {
        var one = template("{'spec': {'x': [1, 2]}}");

        assertThat(one.revision())
                .isNotEqualTo(template("{'spec': {'x': [2, 1]}}").revision());
        assertThat(one.revision())
                .isNotEqualTo(template("{'spec': {'x': [1, 2], 'y': {}}}").revision());
    }

    @Test
    void the_primary_has_all_labels_and_its_own_role() {
        var template = template(
                "{'metadata': {'labels': {'app': 'podinfo', 'tier': 'web', 'kustomize.toolkit.fluxcd.io/name': 'x'}}}");

        assertThat(template.forPrimary(LABEL).tree())
                .isEqualTo(json("{'metadata': {'labels': {'app': 'podinfo-primary', 'tier': 'web'}}}"));
    }

    @Test
    void pods_of_the_primary_keep_away_from_each_other_and_not_from_the_canarys() {
        var spread = """
                {'metadata': {'labels': {'app': '%1$s'}}, 'spec': {
                  'topologySpreadConstraints': [{'labelSelector': {'matchLabels': {'app': '%1$s', 'tier': 'podinfo'}}}],
                  'affinity': {
                    'podAffinity': {'requiredDuringSchedulingIgnoredDuringExecution':
                      [{'labelSelector': {'matchLabels': {'app': 'podinfo'}}}]},
                    'podAntiAffinity': {
                      'requiredDuringSchedulingIgnoredDuringExecution':
                        [{'labelSelector': {'matchExpressions':
                          [{'key': 'app', 'operator': 'In', 'values': ['%1$s', 'other']}]}}],
                      'preferredDuringSchedulingIgnoredDuringExecution':
                        [{'weight': 1, 'podAffinityTerm': {'labelSelector': {'matchLabels': {'app': '%1$s'}}}}]}}}}""";

        assertThat(template(spread.formatted("podinfo")).forPrimary(LABEL).tree())
                .isEqualTo(json(spread.formatted("podinfo-primary")));
    }

    @Test
    void a_primary_of_flaggers_is_the_same_but_for_its_mark_and_its_copies_of_configs() {
        var ours = template(
                "{'metadata': {'labels': {'app': 'podinfo-primary'}}, 'spec': {'env': [{'configMapKeyRef': {'name': 'x'}}]}}");
        var theirs = "{'metadata': {'labels': {'app': 'podinfo-primary'}, 'annotations': {'flagger-id': 'f'}},"
                + " 'spec': {'env': [{'configMapKeyRef': {'name': '%s'}}]}}";

        assertThat(ours.sameAsFlaggers(template(theirs.formatted("x-primary")))).isTrue();
        assertThat(ours.sameAsFlaggers(template(theirs.formatted("x")))).isTrue();
        assertThat(ours.sameAsFlaggers(template(theirs.formatted("y-primary")))).isFalse();
    }

    private static PodTemplate template(String json) {
        return new PodTemplate(json(json));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
