package dev.haldane.webhook.demo.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a Deployment's status says of its pods: what `kubectl rollout status` looks at
/// ([status](https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status)).
final class Progress {

    private Progress() {}

    static DeploymentStatus of(Deployment deployment, List<Pod> updated, List<Pod> all) {
        int desired = deployment.getSpec().getReplicas();
        int ready = (int) all.stream().filter(Kubelet::isReady).count();
        boolean done = updated.size() == desired && all.size() == desired && ready == desired;
        return new DeploymentStatusBuilder()
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withReplicas(all.size())
                .withUpdatedReplicas(updated.size())
                .withReadyReplicas(ready)
                .withAvailableReplicas(ready)
                .withUnavailableReplicas(Math.max(0, desired - ready))
                .withConditions(
                        ready >= desired
                                ? condition("Available", "True", "MinimumReplicasAvailable")
                                : condition("Available", "False", "MinimumReplicasUnavailable"),
                        condition("Progressing", "True", done ? "NewReplicaSetAvailable" : "ReplicaSetUpdated"))
                .build();
    }

    private static DeploymentCondition condition(String type, String status, String reason) {
        String now = Instant.now().toString();
        return new DeploymentConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withLastUpdateTime(now)
                .withLastTransitionTime(now)
                .build();
    }

    /// Whether both say the same; when they said it does not count.
    static boolean same(DeploymentStatus one, @Nullable DeploymentStatus other) {
        return other != null && timeless(one).equals(timeless(other));
    }

    private static DeploymentStatus timeless(DeploymentStatus status) {
        List<DeploymentCondition> conditions = status.getConditions().stream()
                .map(condition -> new DeploymentConditionBuilder(condition)
                        .withLastUpdateTime(null)
                        .withLastTransitionTime(null)
                        .build())
                .toList();
        return new DeploymentStatusBuilder(status).withConditions(conditions).build();
    }
}
