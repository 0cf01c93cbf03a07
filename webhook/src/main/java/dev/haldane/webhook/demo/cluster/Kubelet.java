package dev.haldane.webhook.demo.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes each pod running and ready, a while after it was made.
final class Kubelet implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);

    private final KubernetesClient client;
    private final Duration startUp;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("kubelet").daemon().factory());
    private final SharedIndexInformer<Pod> pods;

    private Kubelet(KubernetesClient client, Duration startUp) {
        this.client = client;
        this.startUp = startUp;
        pods = client.pods().inAnyNamespace().inform(new NewPods());
    }

    static Kubelet start(KubernetesClient client, Duration startUp) {
        return new Kubelet(client, startUp);
    }

    static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    private void makeReady(Pod pod) {
        String now = Instant.now().toString();
        Pod ready = new PodBuilder(pod)
                .withNewStatus()
                .withPhase("Running")
                .withPodIP("127.0.0.1")
                .withStartTime(now)
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime(now)
                .endCondition()
                .endStatus()
                .build();
        ready.getMetadata().setResourceVersion(null);
        try {
            client.resource(ready).updateStatus();
        } catch (KubernetesClientException e) {
            LOG.debug("pod {} went before it was ready", pod.getMetadata().getName(), e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        pods.close();
    }

    private final class NewPods implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            if (!isReady(pod)) {
                var _ = clock.schedule(() -> makeReady(pod), startUp.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public void onUpdate(Pod before, Pod after) {
            // Once ready, always ready.
        }

        @Override
        public void onDelete(Pod pod, boolean unknown) {
            // A pod that has gone is not made ready: the API server does not find it.
        }
    }
}
