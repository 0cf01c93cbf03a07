package dev.haldane.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.haldane.webhook.store.LeaseLeadership;
import dev.haldane.webhook.store.LeaseLeadership.Timing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RealLeaseTest {

    private static final Timing QUICK =
            new Timing(Duration.ofSeconds(6), Duration.ofSeconds(4), Duration.ofMillis(500));

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.open();
    }

    @AfterEach
    void clean() {
        if (bench != null) { // or else the test was skipped
            bench.real
                    .kubectl("delete", "lease", "haldane-leader", "-n", "default")
                    .orThrow();
        }
    }

    @Test
    void one_leads_and_the_other_follows_when_the_lease_is_given_up() {
        try (var two = candidate("two")) {
            try (var one = candidate("one")) {
                campaign(one, "one");
                await().until(() -> heard.equals(List.of("one won")));
                campaign(two, "two");
                await().during(Duration.ofSeconds(2)).until(() -> heard.size() == 1);
            }
            var given = System.nanoTime();
            await().until(() -> heard.equals(List.of("one won", "one lost", "two won")));

            assertThat(Duration.ofNanos(System.nanoTime() - given)).isLessThan(QUICK.lease());
            assertThat(holder()).isEqualTo("two");
        }
        assertThat(heard).containsExactly("one won", "one lost", "two won", "two lost");
        assertThat(holder()).isEmpty();
    }

    @Test
    void a_lease_that_nobody_renews_is_taken_after_its_time() {
        bench.real.kubectlWith("""
                        apiVersion: coordination.k8s.io/v1
                        kind: Lease
                        metadata: {name: haldane-leader, namespace: default}
                        spec: {holderIdentity: dead, leaseDurationSeconds: 3, leaseTransitions: 4}
                        """, "apply", "-f", "-").orThrow();
        var started = System.nanoTime();
        try (var one = candidate("one")) {
            campaign(one, "one");
            await().until(() -> heard.equals(List.of("one won")));
        }

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofSeconds(3));
        assertThat(bench.real
                        .kubectl(
                                "get",
                                "lease",
                                "haldane-leader",
                                "-n",
                                "default",
                                "-o=jsonpath={.spec.leaseTransitions}")
                        .orThrow())
                .isEqualTo("5");
    }

    @Test
    void a_leader_that_is_robbed_says_so() {
        try (var one = candidate("one")) {
            campaign(one, "one");
            await().until(() -> heard.equals(List.of("one won")));
            bench.real
                    .kubectl(
                            "patch",
                            "lease",
                            "haldane-leader",
                            "-n",
                            "default",
                            "--type=merge",
                            "-p",
                            "{\"spec\":{\"holderIdentity\":\"robber\"}}")
                    .orThrow();

            await().until(() -> heard.equals(List.of("one won", "one lost")));
        }
        assertThat(holder()).isEqualTo("robber");
    }

    private LeaseLeadership candidate(String name) {
        return new LeaseLeadership(bench.cluster, "default", name, QUICK);
    }

    private void campaign(LeaseLeadership leadership, String name) {
        leadership.campaign(() -> heard.add(name + " won"), () -> heard.add(name + " lost"));
    }

    private String holder() {
        return bench.real
                .kubectl("get", "lease", "haldane-leader", "-n", "default", "-o=jsonpath={.spec.holderIdentity}")
                .orThrow();
    }
}
