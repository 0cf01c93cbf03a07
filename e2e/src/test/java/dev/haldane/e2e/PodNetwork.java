package dev.haldane.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Lets requests reach pods that are only pretended: as long as a ReplicaSet has a ready pod, the mesh knows an
/// endpoint with the pod's labels, and behind it answers the version that the pod's image names. So Services,
/// selectors and scaling to zero act on real requests as they do in a cluster.
public final class PodNetwork implements AutoCloseable {

    static final ResourceDefinitionContext WORKLOAD_ENTRIES = new ResourceDefinitionContext.Builder()
            .withGroup("networking.istio.io")
            .withVersion("v1")
            .withKind("WorkloadEntry")
            .withPlural("workloadentries")
            .withNamespaced(true)
            .build();

    private final KubernetesClient client;
    private final Backends backends;
    private final Map<String, Set<String>> readyPods = new HashMap<>();
    private final SharedIndexInformer<Pod> pods;

    public PodNetwork(KubernetesClient client, Backends backends) {
        this.client = client;
        this.backends = backends;
        this.pods = client.pods().inAnyNamespace().inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                seen(pod, isReady(pod));
            }

            @Override
            public void onUpdate(Pod before, Pod pod) {
                seen(pod, isReady(pod));
            }

            @Override
            public void onDelete(Pod pod, boolean unknown) {
                seen(pod, false);
            }
        });
    }

    private synchronized void seen(Pod pod, boolean ready) {
        var labels = pod.getMetadata().getLabels();
        if (labels == null || !labels.containsKey("pod-template-hash")) {
            return;
        }
        var namespace = pod.getMetadata().getNamespace();
        var replicaSet = pod.getMetadata().getOwnerReferences().getFirst().getName();
        var members = readyPods.computeIfAbsent(namespace + "/" + replicaSet, _ -> new HashSet<>());
        boolean hadSome = !members.isEmpty();
        if (ready) {
            members.add(pod.getMetadata().getUid());
        } else {
            members.remove(pod.getMetadata().getUid());
        }
        if (hadSome == members.isEmpty()) {
            var entry = entry(pod, replicaSet);
            var resource = client.genericKubernetesResources(WORKLOAD_ENTRIES)
                    .inNamespace(namespace)
                    .resource(entry);
            if (hadSome) {
                resource.delete();
            } else {
                resource.createOr(existing -> existing.update());
            }
        }
    }

    private GenericKubernetesResource entry(Pod pod, String replicaSet) {
        var image = pod.getSpec().getContainers().getFirst().getImage();
        int port = backends.port(image.substring(image.lastIndexOf(':') + 1));
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("networking.istio.io/v1")
                .withKind("WorkloadEntry")
                .withNewMetadata()
                .withName(replicaSet)
                .withNamespace(pod.getMetadata().getNamespace())
                .endMetadata()
                .withAdditionalProperties(Map.of(
                        "spec",
                        Map.of(
                                "address", "127.0.0.1",
                                "ports", Map.of("http", port),
                                "labels", pod.getMetadata().getLabels())))
                .build();
    }

    private static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus().getConditions().stream()
                        .filter(condition -> condition.getType().equals("Ready"))
                        .map(PodCondition::getStatus)
                        .anyMatch("True"::equals);
    }

    @Override
    public void close() {
        pods.close();
    }
}
