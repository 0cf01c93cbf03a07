package dev.haldane.e2e.cluster;

import dev.haldane.e2e.Program;
import dev.haldane.e2e.RealCluster;
import dev.haldane.e2e.RealParts;
import dev.haldane.webhook.canary.CanaryId;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.cluster.ClusterConnection;
import dev.haldane.webhook.cluster.Kind;
import dev.haldane.webhook.cluster.KubeObject;
import dev.haldane.webhook.store.CanaryCodec;
import dev.haldane.webhook.store.Reading;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A namespace of a real cluster, and a client of a user who has our role and nothing else.
final class Bench {

    static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: podinfo
              labels: {app: podinfo, helm.sh/chart: podinfo-1.4.0}
              annotations: {haldane.dev/replicas: "2", example.org/owner: blue}
            spec:
              selector: {matchLabels: {app: podinfo, tier: web}}
              template:
                metadata:
                  labels: {app: podinfo, tier: web}
                spec:
                  volumes: [{name: scratch, emptyDir: {}}]
                  containers:
                  - name: podinfod
                    image: registry.example.org:5000/podinfo:1.0.0
                    ports: [{name: http, containerPort: 9898}]
            """;

    static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: podinfo, labels: {app: podinfo}}
            spec:
              selector: {app: podinfo, tier: web}
              ports: [{name: http, port: 80, targetPort: http}]
            """;

    static final String CANARY = """
            apiVersion: flagger.app/v1beta1
            kind: Canary
            metadata: {name: podinfo}
            spec:
              targetRef: {apiVersion: apps/v1, kind: Deployment, name: podinfo}
              progressDeadlineSeconds: 60
              service: {port: 80, targetPort: http}
              analysis: {interval: 1s, threshold: 3, stepWeight: 20, maxWeight: 60}
            """;

    private static final String BINDINGS = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: haldane-rollouts}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: haldane-rollouts}
            subjects: [{kind: User, name: haldane}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: haldane-leadership, namespace: default}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: haldane-leadership}
            subjects: [{kind: User, name: haldane}]
            """;

    private static @Nullable Bench first;

    final RealCluster real;
    final String namespace;

    /// Watches all namespaces, and is the same for all tests.
    final Cluster cluster;

    private Bench(RealCluster real, Cluster cluster) {
        this.real = real;
        this.namespace = real.namespace("bench");
        this.cluster = cluster;
    }

    static synchronized Bench open() {
        var known = first;
        if (known != null) {
            return new Bench(known.real, known.cluster);
        }
        var real = RealCluster.shared();
        var roles = RealParts.checkout("charts/haldane/files/roles.yaml");
        real.kubectl("apply", "-f", roles.toString()).orThrow();
        real.kubectlWith(BINDINGS, "apply", "-f", "-").orThrow();
        var bench = new Bench(real, new Cluster(ClusterConnection.open(limited(real)), List.of()));
        first = bench;
        return bench;
    }

    private static Config limited(RealCluster real) {
        return new ConfigBuilder(Config.fromKubeconfig(real.kubeconfig().toFile()))
                .withImpersonateUsername("haldane")
                .build();
    }

    /// As a user would.
    void apply(String yaml) {
        real.kubectlWith(yaml, "apply", "-n", namespace, "-f", "-").orThrow();
    }

    /// As Helm 4 does.
    Program applyServerSide(String yaml) {
        return real.kubectlWith(yaml, "apply", "-n", namespace, "--server-side", "--field-manager=helm", "-f", "-");
    }

    String kubectl(String... arguments) {
        var all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "-n";
        all[arguments.length + 1] = namespace;
        return real.kubectl(all).orThrow();
    }

    /// One value of an object, in kubectl's JSONPath.
    String value(String object, String path) {
        return kubectl("get", object, "-o", "jsonpath={" + path + "}");
    }

    KubeObject get(Kind kind, String name) {
        return cluster.get(kind, namespace, name).orElseThrow();
    }

    CanaryId id() {
        return new CanaryId(namespace, "podinfo");
    }

    /// The Canary `podinfo` as it is now.
    CanarySpec canary() {
        var reading = CanaryCodec.read(get(Kind.CANARY, "podinfo").tree());
        if (reading instanceof Reading.Understood understood) {
            return understood.spec();
        }
        throw new AssertionError(reading);
    }
}
