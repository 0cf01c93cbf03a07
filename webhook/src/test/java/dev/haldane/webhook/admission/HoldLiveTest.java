package dev.haldane.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.webhook.admission.HoldLive.Held;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldLiveTest {

    private final FakeCluster cluster = new FakeCluster();
    private final HoldLive holdLive = new HoldLive(cluster);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Initialized",
                "Waiting",
                "Progressing",
                "WaitingPromotion",
                "Promoting",
                "Finalising",
                "Succeeded",
                "Failed"
            })
    void an_update_that_brings_replicas_back_keeps_the_live_number_in_every_phase_of_a_rollout(String phase) {
        cluster.canary = Optional.of(Reviews.canary(phase, true));

        var held = hold(Reviews.tree("update-deployment-replicas-back"));

        assertThat(held.object().text("spec", "replicas")).contains("0");
        assertThat(image(held.object())).isEqualTo("registry.example/shop:1.1.0");
        assertThat(held.sentences())
                .containsExactly("haldane holds spec.replicas at 0: Canary shop.jx-production is " + phase);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Initializing", "Terminating"})
    void before_and_after_a_rollout_replicas_are_the_charts(String phase) {
        cluster.canary = Optional.of(Reviews.canary(phase, true));

        assertThat(hold(Reviews.tree("update-deployment-replicas-back"))
                        .object()
                        .text("spec", "replicas"))
                .contains("2");
    }

    @Test
    void without_a_canary_replicas_are_the_charts() {
        assertThat(hold(Reviews.tree("update-deployment-replicas-back"))
                        .object()
                        .text("spec", "replicas"))
                .contains("2");
    }

    @Test
    void a_canary_that_is_being_deleted_holds_nothing() {
        cluster.canary =
                Optional.of(new LiveCanary(Reviews.canary("Succeeded", true).spec(), "Succeeded", true));

        assertThat(hold(Reviews.tree("update-deployment-replicas-back")).sentences())
                .isEmpty();
    }

    @Test
    void the_upgrade_that_takes_replicas_out_of_the_manifest_keeps_the_live_number_with_or_without_a_canary() {
        var held = hold(Reviews.tree("update-deployment-adoption"));

        assertThat(held.object().text("spec", "replicas")).contains("3");
        assertThat(held.object().annotation("haldane.dev/replicas")).contains("3");
        assertThat(held.sentences())
                .containsExactly("haldane holds spec.replicas at 3: the manifest leaves them to the rollout");
    }

    @Test
    void once_the_canary_is_gone_the_note_of_an_old_adoption_holds_nothing() {
        var review = Reviews.tree("update-deployment-adoption");
        ((ObjectNode) review.at("/request/oldObject/metadata"))
                .putObject("annotations")
                .put("haldane.dev/replicas", "3");

        assertThat(hold(review).object().text("spec", "replicas")).contains("1");
    }

    @Test
    void a_request_that_leaves_replicas_alone_is_left_alone() {
        cluster.canary = Optional.of(Reviews.canary("Progressing", true));
        var review = Reviews.tree("update-deployment-replicas-back");
        ((ObjectNode) review.at("/request/object/spec")).put("replicas", 0);

        var held = hold(review);

        assertThat(held.sentences()).isEmpty();
        assertThat(held.object()).isEqualTo(wanted(review));
    }

    @Test
    void a_selector_that_goes_back_to_the_target_in_mid_life_stays_with_the_primary() {
        cluster.canary = Optional.of(Reviews.canary("Succeeded", true));

        var held = hold(Reviews.tree("update-service-selector-back"));

        assertThat(held.object().text("spec", "selector", "app")).contains("shop-primary");
        assertThat(held.sentences())
                .containsExactly("haldane holds spec.selector as it is: Canary shop.jx-production is Succeeded");
    }

    @Test
    void a_selector_is_the_charts_while_nothing_has_been_adopted() {
        cluster.canary = Optional.of(Reviews.canary("Initializing", true));

        assertThat(hold(Reviews.tree("update-service-selector-back")).object().text("spec", "selector", "app"))
                .contains("shop");
    }

    @Test
    void at_adoption_the_old_selector_is_held_until_the_primary_serves() {
        assertThat(hold(Reviews.tree("update-service-adoption")).object().text("spec", "selector", "app"))
                .contains("shop");

        cluster.primaryServes = true;
        assertThat(hold(Reviews.tree("update-service-adoption")).object().text("spec", "selector", "app"))
                .contains("shop-primary");
    }

    @Test
    void a_foreign_service_that_happens_to_turn_to_a_primary_is_none_of_our_business() {
        var review = Reviews.tree("update-service-adoption");
        ((ObjectNode) review.at("/request/object/metadata")).remove("annotations");

        assertThat(hold(review).object().text("spec", "selector", "app")).contains("shop-primary");
    }

    @Test
    void weights_and_destinations_stay_and_everything_else_of_the_virtualservice_is_the_users() {
        cluster.canary = Optional.of(Reviews.canary("Progressing", false));

        var held = hold(Reviews.tree("update-virtualservice-weights-back")).object();

        var rule = held.root().items("spec", "http").getFirst();
        assertThat(rule.items("route").get(1).text("weight")).contains("30");
        assertThat(rule.text("timeout")).contains("5s");
        assertThat(held.root().items("spec", "hosts")).hasSize(2);
    }

    @Test
    void rules_that_do_not_correspond_to_the_live_ones_are_held_as_a_whole() {
        cluster.canary = Optional.of(Reviews.canary("Progressing", false));
        var review = Reviews.tree("update-virtualservice-weights-back");
        ((ObjectNode) review.at("/request/object/spec/http/0/route/0/destination")).put("host", "shop");
        ((ObjectNode) review.at("/request/object/spec/http/0/route/1/destination")).put("host", "shop");

        var held = hold(review).object();

        assertThat(held.at("spec", "http")).isEqualTo(before(review).at("spec", "http"));
        assertThat(held.root().items("spec", "hosts")).hasSize(2);
    }

    @Test
    void a_delegate_is_the_loops_as_a_whole() {
        cluster.canary = Optional.of(Reviews.canary("Progressing", true));
        var review = Reviews.tree("update-virtualservice-weights-back");

        assertThat(hold(review).object().at("spec")).isEqualTo(before(review).at("spec"));
    }

    @Test
    void without_a_running_rollout_routes_are_the_users() {
        cluster.canary = Optional.of(Reviews.canary("Initializing", false));
        var review = Reviews.tree("update-virtualservice-weights-back");

        assertThat(hold(review).object()).isEqualTo(wanted(review));
    }

    @Test
    void holding_twice_is_holding_once() {
        cluster.canary = Optional.of(Reviews.canary("Progressing", false));
        for (var name : new String[] {
            "update-deployment-replicas-back",
            "update-deployment-adoption",
            "update-service-selector-back",
            "update-service-adoption",
            "update-virtualservice-weights-back"
        }) {
            var review = Reviews.tree(name);
            var once = hold(review).object();

            assertThat(holdLive.hold(before(review), once, "jx-production").object())
                    .as(name)
                    .isEqualTo(once);
        }
    }

    private Held hold(ObjectNode review) {
        return holdLive.hold(before(review), wanted(review), "jx-production");
    }

    private static Manifest before(ObjectNode review) {
        return Trees.manifest(review.at("/request/oldObject")).orElseThrow();
    }

    private static Manifest wanted(ObjectNode review) {
        return Trees.manifest(review.at("/request/object")).orElseThrow();
    }

    private static String image(Manifest deployment) {
        return deployment
                .root()
                .items("spec", "template", "spec", "containers")
                .getFirst()
                .text("image")
                .orElse("");
    }
}
