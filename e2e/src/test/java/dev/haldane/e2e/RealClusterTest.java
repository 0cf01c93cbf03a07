package dev.haldane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RealClusterTest {

    @Test
    void there_is_a_real_api_server_with_our_kinds() {
        var cluster = RealCluster.shared();

        assertThat(cluster.kubectl("get", "nodes", "-o", "name").orThrow()).isEqualTo("node/node-0\n");
        assertThat(cluster.kubectl("get", "canaries", "-A").err()).contains("No resources found");
        assertThat(cluster.namespace("mine")).startsWith("mine-").isNotEqualTo(cluster.namespace("mine"));
    }
}
