package dev.haldane.e2e.rollout;

import dev.haldane.e2e.Backends;
import dev.haldane.e2e.PodNetwork;
import dev.haldane.e2e.RealCluster;
import dev.haldane.e2e.RealMesh;
import dev.haldane.e2e.RealParts;
import org.jspecify.annotations.Nullable;

/// A cluster with a mesh in it and pods that answer, for all tests of this package. The user `haldane` has our roles
/// and nothing else.
record Stage(RealCluster cluster, RealMesh mesh, Backends backends, PodNetwork network) {

    static final String OWN_NAMESPACE = "haldane-system";

    private static final String BINDINGS = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: haldane-rollouts}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: haldane-rollouts}
            subjects: [{kind: User, name: haldane}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: haldane}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: haldane}
            subjects: [{kind: User, name: haldane}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: haldane-leadership}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: haldane-leadership}
            subjects: [{kind: User, name: haldane}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: haldane-secrets}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: haldane-secrets}
            subjects: [{kind: User, name: haldane}]
            """;

    private static @Nullable Stage shared;

    static synchronized Stage shared() {
        var stage = shared;
        if (stage == null) {
            stage = set();
            var opened = stage;
            Runtime.getRuntime().addShutdownHook(new Thread(opened::close));
            shared = stage;
        }
        return stage;
    }

    private static Stage set() {
        ServerProcess.jar();
        var cluster = RealCluster.start();
        var mesh = RealMesh.start(cluster);
        var backends = new Backends();
        var network = new PodNetwork(cluster.client(), backends);
        var releases = RealParts.checkout("e2e/src/test/resources/rollout/releases.yaml");
        cluster.kubectl("apply", "-f", releases.toString()).orThrow();
        cluster.kubectl("create", "namespace", OWN_NAMESPACE).orThrow();
        var roles = RealParts.checkout("charts/haldane/files/roles.yaml");
        cluster.kubectl("apply", "-n", OWN_NAMESPACE, "-f", roles.toString()).orThrow();
        cluster.kubectlWith(BINDINGS, "apply", "-n", OWN_NAMESPACE, "-f", "-").orThrow();
        return new Stage(cluster, mesh, backends, network);
    }

    private void close() {
        network.close();
        backends.close();
        mesh.close();
        cluster.close();
    }
}
