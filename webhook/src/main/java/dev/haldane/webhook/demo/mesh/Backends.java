package dev.haldane.webhook.demo.mesh;

import dev.haldane.webhook.demo.mesh.RouteTable.ServiceName;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A backend for each pod. It is up before the pod is ready, takes requests while the pod is, and for a moment after
/// the pod has gone, because those who route hear of it a moment later.
final class Backends implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

    /// How long a pod that has gone is still found: as long as an endpoint takes to leave every proxy.
    private static final Duration FAREWELL = Duration.ofMillis(300);
    /// How long it finishes what it has begun.
    private static final Duration GRACE = Duration.ofMillis(1500);

    private final Function<String, Behaviour> behaviours;
    private final Map<String, Backend> starting = new ConcurrentHashMap<>();
    private final Map<String, Backend> ready = new ConcurrentHashMap<>();

    /// @param behaviours by version
    Backends(Function<String, Behaviour> behaviours) {
        this.behaviours = behaviours;
    }

    /// A pod is there, or has changed.
    void seen(Pod pod) {
        String uid = pod.getMetadata().getUid();
        Backend backend = starting.computeIfAbsent(uid, _ -> start(pod));
        if (isReady(pod)) {
            ready.putIfAbsent(uid, backend);
        }
    }

    void gone(Pod pod) {
        String uid = pod.getMetadata().getUid();
        Backend backend = starting.remove(uid);
        Thread.ofVirtual().name("farewell").start(() -> {
            LockSupport.parkNanos(FAREWELL.toNanos());
            ready.remove(uid);
            LockSupport.parkNanos(GRACE.minus(FAREWELL).toNanos());
            if (backend != null) {
                backend.close();
            }
        });
    }

    /// Those that serve a Service now.
    List<Backend> serving(ServiceName service, Map<String, String> selector) {
        return ready.values().stream()
                .filter(backend -> backend.serves(service.namespace(), selector))
                .toList();
    }

    private Backend start(Pod pod) {
        String version = version(pod);
        try {
            return Backend.start(
                    pod.getMetadata().getNamespace(),
                    workload(pod),
                    version,
                    pod.getMetadata().getLabels(),
                    behaviours.apply(version));
        } catch (IOException e) {
            LOG.error("pod {} has no process", pod.getMetadata().getName(), e);
            throw new IllegalStateException(e);
        }
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    /// The tag of the first container's image.
    static String version(Pod pod) {
        String image = pod.getSpec().getContainers().getFirst().getImage();
        int tag = image.lastIndexOf(':');
        return tag > image.lastIndexOf('/') ? image.substring(tag + 1) : "latest";
    }

    /// The Deployment's name: the ReplicaSet's without its hash, as Istio finds it.
    static String workload(Pod pod) {
        String replicaSet = pod.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getName)
                .findFirst()
                .orElse(pod.getMetadata().getName());
        String hash = pod.getMetadata().getLabels().getOrDefault("pod-template-hash", "");
        return !hash.isEmpty() && replicaSet.endsWith("-" + hash)
                ? replicaSet.substring(0, replicaSet.length() - hash.length() - 1)
                : replicaSet;
    }

    @Override
    public void close() {
        starting.values().forEach(Backend::close);
        ready.values().forEach(Backend::close);
    }
}
