package dev.haldane.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Json;
import dev.haldane.postrender.rules.RuleSet;
import dev.haldane.webhook.admission.Admission.Allowed;
import dev.haldane.webhook.admission.Admission.Patched;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MutationTest {

    private final FakeCluster cluster = new FakeCluster();
    private final Mutation mutation = new Mutation(
            RuleSet.of(RolloutDefaults.builtIn()), cluster, cluster, "system:serviceaccount:haldane-system:haldane");

    @BeforeEach
    void a_rollout_goes_on() {
        cluster.selected.add("jx-production");
        cluster.canary = Optional.of(Reviews.canary("Progressing", true));
    }

    @Test
    void what_no_rule_changes_is_allowed_without_a_word() {
        cluster.canary = Optional.empty();

        assertThat(mutation.review(Reviews.review("create-deployment"))).isEqualTo(Allowed.SILENTLY);
    }

    @Test
    void a_hold_is_a_small_guarded_patch_with_a_warning() {
        var admission = mutation.review(Reviews.review("update-deployment-replicas-back"));

        assertThat(admission).isInstanceOfSatisfying(Patched.class, patched -> {
            assertThat(Json.print(patched.patch().toNode()))
                    .isEqualTo("[{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":2},"
                            + "{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":0}]");
            assertThat(patched.warnings())
                    .containsExactly("haldane holds spec.replicas at 0: Canary shop.jx-production is Progressing");
        });
    }

    @Test
    void holding_does_not_depend_on_the_selection_of_the_namespace() {
        cluster.selected.clear();

        assertThat(mutation.review(Reviews.review("update-deployment-replicas-back")))
                .isInstanceOf(Patched.class);
    }

    @Test
    void what_haldane_writes_itself_is_not_held() {
        var byManager = Reviews.tree("update-deployment-replicas-back");
        ((ObjectNode) byManager.at("/request/options")).put("fieldManager", "haldane");
        var byName = Reviews.tree("update-deployment-replicas-back");
        ((ObjectNode) byName.at("/request/userInfo")).put("username", "system:serviceaccount:haldane-system:haldane");

        for (var review : List.of(byManager, byName)) {
            assertThat(mutation.review(Reviews.review(review))).isEqualTo(Allowed.SILENTLY);
        }
    }

    @Test
    void the_person_who_started_haldane_outside_a_cluster_is_not_haldane() {
        var asAdmin = new Mutation(RuleSet.of(RolloutDefaults.builtIn()), cluster, cluster, "kubernetes-admin");

        assertThat(asAdmin.review(Reviews.review("update-deployment-replicas-back")))
                .isInstanceOf(Patched.class);
    }

    @Test
    void other_operations_and_subresources_pass() {
        var scale = Reviews.tree("update-deployment-replicas-back");
        ((ObjectNode) scale.at("/request")).put("subResource", "scale");
        var deletion = Reviews.tree("update-deployment-replicas-back");
        ((ObjectNode) deletion.at("/request")).put("operation", "DELETE").putNull("object");
        var going = Reviews.tree("update-deployment-replicas-back");
        ((ObjectNode) going.at("/request/object/metadata")).put("deletionTimestamp", "2026-01-01T00:00:00Z");

        for (var review : List.of(scale, deletion, going)) {
            assertThat(mutation.review(Reviews.review(review))).isEqualTo(Allowed.SILENTLY);
        }
    }

    @Test
    void the_rules_act_on_a_virtualservice_of_the_chart_where_the_namespace_is_selected() {
        cluster.objects.addAll(Examples.injectedShop());
        cluster.canary = Optional.empty();
        var review = Examples.createOwnRoute();

        var admission = mutation.review(Reviews.review(review));
        cluster.selected.clear();

        assertThat(admission).isInstanceOf(Patched.class);
        assertThat(Json.print(((Patched) admission).patch().toNode())).contains("\"delegate\":{\"name\":\"shop\"}");
        assertThat(mutation.review(Reviews.review(review))).isEqualTo(Allowed.SILENTLY);
    }

    @Test
    void the_review_of_a_review_changes_nothing_more() {
        cluster.objects.addAll(Examples.injectedShop());
        cluster.canary = Optional.empty();
        var review = Examples.createOwnRoute();
        var first = (Patched) mutation.review(Reviews.review(review));

        ((ObjectNode) review.path("request")).set("object", Patches.apply(first.patch(), review.at("/request/object")));

        assertThat(mutation.review(Reviews.review(review))).isEqualTo(Allowed.SILENTLY);
    }
}
