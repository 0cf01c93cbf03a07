package dev.haldane.webhook.routing.istio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.haldane.webhook.canary.Apex;
import dev.haldane.webhook.canary.Weight;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {

    private static final String SHARED = "[{'route': [{'destination': {'host': 'shop-primary'}, 'weight': %d},"
            + " {'destination': {'host': 'shop-canary'}, 'weight': %d}]}]";

    private final Split split = new Split(new Apex("shop", 80, "http", "80", List.of(), List.of(), true), "test");

    @Property
    void weights_are_always_both_there_and_sum_to_100(@ForAll @IntRange(max = 100) int percent) {
        var weight = new Weight(percent);

        assertThat(split.plain(weight)).isEqualTo(json(SHARED.formatted(100 - percent, percent)));
        assertThat(split.weighted(split.plain(Weight.NONE), weight)).isEqualTo(split.plain(weight));
        assertThat(split.weight(split.plain(weight))).contains(weight);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 3, 75", "70, 20, 22", "100, 0, 0", "0, 100, 100"})
    void weights_that_somebody_else_wrote_are_read_as_shares(int primary, int canary, int percent) {
        assertThat(split.weight(json(SHARED.formatted(primary, canary)))).contains(new Weight(percent));
    }

    @Test
    void hosts_have_long_names_too() {
        var rules = json("[{'route': [{'destination': {'host': 'shop-canary.test'}, 'weight': 30},"
                + " {'destination': {'host': 'shop-primary.test.svc.cluster.local'}, 'weight': 70}]}]");

        assertThat(split.weight(rules)).contains(new Weight(30));
        assertThat(split.weighted(rules, new Weight(40))
                        .path(0)
                        .path("route")
                        .path(0)
                        .path("weight")
                        .asInt())
                .isEqualTo(40);
    }

    @Test
    void rules_that_lead_elsewhere_are_not_ours() {
        var rules =
                json("[{'route': [{'destination': {'host': 'shop-primary.other'}}, {'destination': {'host': 'x'}}]},"
                        + " {'redirect': {'uri': '/x'}}, {'delegate': {'name': 'shop'}}]");

        assertThat(split.weight(rules)).isEmpty();
        assertThat(split.weighted(rules, Weight.ALL)).isEqualTo(rules);
        assertThat(split.takenOver(rules)).isEqualTo(rules);
    }

    @Test
    void a_rule_to_a_subset_cannot_be_taken_over() {
        var rules = json("[{'route': [{'destination': {'host': 'shop', 'subset': 'v1'}}]}]");

        assertThat(split.takenOver(rules)).isEqualTo(rules);
    }

    @Test
    void a_rule_to_the_apex_is_shared_and_keeps_the_rest() {
        var rules = json("[{'name': 'all', 'timeout': '7s', 'route': [{'destination': {'host': 'shop', 'port':"
                + " {'number': 80}}, 'headers': {'response': {'add': {'a': 'b'}}}}]}]");

        assertThat(split.takenOver(rules))
                .isEqualTo(json("[{'name': 'all', 'timeout': '7s', 'route': ["
                        + "{'destination': {'host': 'shop-primary', 'port': {'number': 80}}, 'headers': {'response':"
                        + " {'add': {'a': 'b'}}}, 'weight': 100},"
                        + "{'destination': {'host': 'shop-canary', 'port': {'number': 80}}, 'headers': {'response':"
                        + " {'add': {'a': 'b'}}}, 'weight': 0}]}]"));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
