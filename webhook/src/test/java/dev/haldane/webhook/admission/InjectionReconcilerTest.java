package dev.haldane.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.rules.RuleSet;
import dev.haldane.webhook.canary.ClusterUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InjectionReconcilerTest {

    private static final String HERE = "jx-production";

    private final FakeCluster cluster = new FakeCluster();
    private final RuleSet rules = RuleSet.of(RolloutDefaults.builtIn());
    private final InjectionReconciler reconciler = new InjectionReconciler(rules, cluster, cluster);

    @BeforeEach
    void a_shop_was_admitted() {
        cluster.selected.add(HERE);
        cluster.objects.addAll(Examples.shop());
    }

    @Test
    void a_deployment_that_qualifies_gets_its_entry_and_then_its_canary() {
        assertThat(reconciler.reconcile(HERE)).isEqualTo(2);

        assertThat(cluster.written).containsExactly("add VirtualService/shop-entry", "add Canary/shop");
        assertThat(added("Canary").annotation("haldane.dev/injected-by")).contains("haldane");
        assertThat(added("Canary").at("metadata", "ownerReferences")).isEmpty();
    }

    @Test
    void a_second_pass_writes_nothing() {
        reconciler.reconcile(HERE);

        assertThat(reconciler.reconcile(HERE)).isZero();
    }

    @Test
    void a_canary_without_its_entry_gets_the_entry() {
        reconciler.reconcile(HERE);
        cluster.objects.removeIf(object -> object.kind().equals("VirtualService"));
        cluster.written.clear();

        reconciler.reconcile(HERE);

        assertThat(cluster.written).containsExactly("add VirtualService/shop-entry");
    }

    @Test
    void a_namespace_that_is_not_selected_is_left_alone() {
        cluster.selected.clear();

        assertThat(reconciler.reconcile(HERE)).isZero();
        assertThat(cluster.written).isEmpty();
    }

    @Test
    void the_deployment_of_an_operator_is_left_alone() {
        var deployment = cluster.objects.removeFirst();
        var owner = Node.Mapping.EMPTY.with("kind", "Shop").with("controller", Node.Scalar.of(true));
        cluster.objects.add(deployment.with(List.of("metadata", "ownerReferences"), Node.Sequence.of(owner)));

        assertThat(reconciler.reconcile(HERE)).isZero();
    }

    @Test
    void what_helm_made_can_be_taken_over_by_helm() {
        var deployment = cluster.objects.removeFirst();
        cluster.objects.add(deployment
                .with(List.of("metadata", "labels", "app.kubernetes.io/managed-by"), "Helm")
                .withAnnotation("meta.helm.sh/release-name", "shop")
                .withAnnotation("meta.helm.sh/release-namespace", HERE));

        reconciler.reconcile(HERE);

        for (var kind : List.of("Canary", "VirtualService")) {
            assertThat(added(kind).labels()).containsEntry("app.kubernetes.io/managed-by", "Helm");
            assertThat(added(kind).annotations())
                    .containsEntry("meta.helm.sh/release-name", "shop")
                    .containsEntry("meta.helm.sh/release-namespace", HERE);
        }
    }

    @Test
    void a_route_of_the_chart_that_slipped_by_is_mended() {
        var review = Examples.createOwnRoute();
        cluster.objects.addAll(Examples.injectedShop().subList(2, 3));
        cluster.objects.add(Trees.manifest(review.at("/request/object")).orElseThrow());

        reconciler.reconcile(HERE);

        assertThat(cluster.written).containsExactly("change VirtualService/public");
        assertThat(reconciler.reconcile(HERE)).isZero();
    }

    @Test
    void it_works_by_itself_when_something_changes_and_tries_again_after_a_failure() {
        var attempts = new AtomicInteger();
        var flaky = new Additions() {
            @Override
            public boolean add(Manifest object) {
                if (attempts.incrementAndGet() == 1) {
                    throw new ClusterUnavailable("not now");
                }
                return cluster.add(object);
            }

            @Override
            public boolean change(Manifest before, Manifest after) {
                return cluster.change(before, after);
            }
        };
        try (var working = new InjectionReconciler(rules, cluster, flaky, Duration.ofMillis(1))) {
            working.changed(HERE);
            working.start();

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> attempts.get() == 3);
        }
        assertThat(cluster.written).containsExactly("add VirtualService/shop-entry", "add Canary/shop");
    }

    private Manifest added(String kind) {
        return cluster.objects.stream()
                .filter(object -> object.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
