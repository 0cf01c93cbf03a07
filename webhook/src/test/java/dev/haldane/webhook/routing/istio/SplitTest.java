package dev.haldane.webhook.routing.istio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.haldane.webhook.canary.Apex;
import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.canary.Preview;
import dev.haldane.webhook.canary.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {

    private static final String SHARED = "[{'route': [{'destination': {'host': 'shop-primary'}, 'weight': %d},"
            + " {'destination': {'host': 'shop-canary'}, 'weight': %d}]}]";

    private final Split split = split();

    private static Split split(Preview... previews) {
        return new Split(new Apex("shop", 80, "http", "80", List.of(), List.of(), true, List.of(previews)), "test");
    }

    @Property
    void weights_are_always_both_there_and_sum_to_100(@ForAll @IntRange(max = 100) int percent) {
        var weight = new Weight(percent);

        assertThat(split.plain(weight)).isEqualTo(json(SHARED.formatted(100 - percent, percent)));
        assertThat(split.weighted(split.plain(Weight.NONE), weight, Set.of())).isEqualTo(split.plain(weight));
        assertThat(split.weight(split.plain(weight), Optional.empty())).contains(weight);
    }

    @Property(tries = 20_000)
    void with_previews_weights_sum_to_100_and_are_read_back_exactly(
            @ForAll @IntRange(max = 100) int percent, @ForAll @IntRange(min = 1, max = 99) int previewed) {
        var shared = split(new Preview("staging", previewed));
        var weight = new Weight(percent);

        var rules = shared.weighted(split.plain(new Weight(30)), weight, Set.of());

        assertThat(weights(rules)).hasSize(3).allMatch(each -> each >= 0);
        assertThat(weights(rules).stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
        assertThat(weights(rules).getLast()).isEqualTo(previewed);
        assertThat(shared.weight(rules, Optional.of(weight))).contains(weight);
        assertThat(shared.plain(weight)).isEqualTo(rules);
        assertThat(shared.weighted(rules, weight, Set.of("staging"))).isEqualTo(rules);
        assertThat(split.weighted(rules, weight, Set.of("staging"))).isEqualTo(split.plain(weight));
    }

    @Property(tries = 20_000)
    void a_canary_gets_some_requests_but_not_all_as_long_as_there_are_two_percent(
            @ForAll @IntRange(min = 1, max = 99) int percent, @ForAll @IntRange(min = 1, max = 98) int previewed) {
        var rules = split(new Preview("staging", previewed)).plain(new Weight(percent));

        assertThat(weights(rules).subList(0, 2)).allMatch(each -> each > 0);
    }

    @Property
    void what_was_noted_counts_only_if_it_gives_the_weights_that_are_there(
            @ForAll @IntRange(max = 100) int percent,
            @ForAll @IntRange(max = 100) int noted,
            @ForAll @IntRange(min = 1, max = 50) int previewed) {
        var shared = split(new Preview("staging", previewed));
        var rules = shared.plain(new Weight(percent));

        var read = shared.weight(rules, Optional.of(new Weight(noted))).orElseThrow();

        assertThat(shared.plain(read)).isEqualTo(rules);
    }

    @Test
    void several_previews_have_a_destination_each_with_the_services_port() {
        var rules = split(new Preview("staging", 5), new Preview("pr-35", 1)).plain(new Weight(10));

        assertThat(rules)
                .isEqualTo(json("[{'route': [{'destination': {'host': 'shop-primary'}, 'weight': 85},"
                        + " {'destination': {'host': 'shop-canary'}, 'weight': 9},"
                        + " {'destination': {'host': 'shop.staging.svc.cluster.local', 'port': {'number': 80}},"
                        + " 'weight': 5},"
                        + " {'destination': {'host': 'shop.pr-35.svc.cluster.local', 'port': {'number': 80}},"
                        + " 'weight': 1}]}]"));
    }

    @Test
    void a_share_that_somebody_else_gives_away_stays() {
        var rules = json("[{'route': [{'destination': {'host': 'shop'}, 'weight': 80},"
                + " {'destination': {'host': 'shop.staging.svc.cluster.local'}, 'weight': 20}]}]");

        var taken = split.takenOver(rules);

        assertThat(weights(taken)).containsExactly(80, 0, 20);
        assertThat(weights(split.weighted(taken, new Weight(50), Set.of()))).containsExactly(40, 40, 20);
        assertThat(split.weight(split.weighted(taken, new Weight(50), Set.of()), Optional.empty()))
                .contains(new Weight(50));
        assertThatThrownBy(() -> split(new Preview("pr-1", 80)).weighted(taken, Weight.NONE, Set.of()))
                .isInstanceOf(ClusterUnavailable.class)
                .hasMessage("previews leave nothing of the requests for shop.test");
    }

    private static List<Integer> weights(JsonNode rules) {
        var weights = new ArrayList<Integer>();
        rules.path(0)
                .path("route")
                .forEach(route -> weights.add(route.path("weight").asInt(-1)));
        return weights;
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 3, 75", "70, 20, 22", "100, 0, 0", "0, 100, 100"})
    void weights_that_somebody_else_wrote_are_read_as_shares(int primary, int canary, int percent) {
        assertThat(split.weight(json(SHARED.formatted(primary, canary)), Optional.empty()))
                .contains(new Weight(percent));
    }

    @Test
    void hosts_have_long_names_too() {
        var rules = json("[{'route': [{'destination': {'host': 'shop-canary.test'}, 'weight': 30},"
                + " {'destination': {'host': 'shop-primary.test.svc.cluster.local'}, 'weight': 70}]}]");

        assertThat(split.weight(rules, Optional.empty())).contains(new Weight(30));
        assertThat(split.weighted(rules, new Weight(40), Set.of())
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

        assertThat(split.weight(rules, Optional.empty())).isEmpty();
        assertThat(split.weighted(rules, Weight.ALL, Set.of())).isEqualTo(rules);
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
