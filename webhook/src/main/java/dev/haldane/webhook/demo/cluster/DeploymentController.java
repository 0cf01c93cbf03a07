package dev.haldane.webhook.demo.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings Deployments to the pods that they ask for. A new template gets all of its pods at once; the old ones go when
/// those are ready. Never less than what is asked for is ready meanwhile.
final class DeploymentController implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentController.class);

    private final KubernetesClient client;
    private final LinkedBlockingQueue<Boolean> changes = new LinkedBlockingQueue<>();
    private final SharedIndexInformer<Deployment> deployments;
    private final SharedIndexInformer<ReplicaSet> replicaSets;
    private final SharedIndexInformer<Pod> pods;
    private final Thread worker;

    private DeploymentController(KubernetesClient client) {
        this.client = client;
        deployments = client.apps().deployments().inAnyNamespace().inform(new Wake<>());
        replicaSets = client.apps().replicaSets().inAnyNamespace().inform(new Wake<>());
        pods = client.pods().inAnyNamespace().inform(new Wake<>());
        worker = Thread.ofVirtual().name("deployment-controller").start(this::work);
    }

    static DeploymentController start(KubernetesClient client) {
        return new DeploymentController(client);
    }

    /// There are a handful of Deployments, so any change is reason to look at all.
    private void work() {
        try {
            while (true) {
                changes.take();
                changes.clear();
                deployments.getStore().list().forEach(this::reconcile);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reconcile(Deployment deployment) {
        try {
            ReplicaSet current = ensure(Owned.replicaSet(deployment));
            List<ReplicaSet> sets = replicaSets.getStore().list().stream()
                    .filter(set -> Owned.by(set, deployment))
                    .toList();
            List<Pod> updated = pods.getStore().list().stream()
                    .filter(pod -> Owned.by(pod, current))
                    .toList();
            List<Pod> all = pods.getStore().list().stream()
                    .filter(pod -> updated.contains(pod) || sets.stream().anyMatch(set -> Owned.by(pod, set)))
                    .toList();
            move(deployment, current, updated, all);
            report(deployment, updated, all);
        } catch (KubernetesClientException e) {
            // Somebody was faster; the change that we lost against wakes us again.
            LOG.debug("deployment {}", deployment.getMetadata().getName(), e);
        }
    }

    private void move(Deployment deployment, ReplicaSet set, List<Pod> updated, List<Pod> all) {
        int desired = deployment.getSpec().getReplicas();
        for (int number = 0; number < desired; number++) {
            Pod pod = Owned.pod(set, number);
            if (updated.stream().noneMatch(Owned.named(pod))) {
                ensure(pod);
            }
        }
        updated.stream()
                .filter(pod -> Owned.number(pod) >= desired)
                .forEach(pod -> client.resource(pod).delete());
        if (updated.stream().filter(Kubelet::isReady).count() >= desired) {
            all.stream()
                    .filter(pod -> !updated.contains(pod))
                    .forEach(pod -> client.resource(pod).delete());
        }
    }

    private <T extends HasMetadata> T ensure(T object) {
        T there = client.resource(object).get();
        return there == null ? client.resource(object).create() : there;
    }

    private void report(Deployment deployment, List<Pod> updated, List<Pod> all) {
        DeploymentStatus status = Progress.of(deployment, updated, all);
        if (!Progress.same(status, deployment.getStatus())) {
            Deployment reported =
                    new DeploymentBuilder(deployment).withStatus(status).build();
            reported.getMetadata().setResourceVersion(null);
            client.resource(reported).updateStatus();
        }
    }

    @Override
    public void close() {
        worker.interrupt();
        List.of(deployments, replicaSets, pods).forEach(SharedIndexInformer::close);
    }

    private final class Wake<T> implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            changes.add(true);
        }

        @Override
        public void onUpdate(T before, T after) {
            changes.add(true);
        }

        @Override
        public void onDelete(T object, boolean unknown) {
            changes.add(true);
        }
    }
}
