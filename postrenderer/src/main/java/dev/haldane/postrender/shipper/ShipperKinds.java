package dev.haldane.postrender.shipper;

import dev.haldane.postrender.manifest.Manifest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The objects that Shipper can read: the kinds built into Kubernetes 1.17, of which its decoder is made. One that it
/// cannot read makes it refuse the whole chart.
final class ShipperKinds {
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet");
    private static final Set<String> ROLES = Set.of("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");
    private static final Set<String> WEBHOOKS =
            Set.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");

    private static final Map<String, Set<String>> KINDS = Map.ofEntries(
            Map.entry(
                    "v1",
                    Set.of(
                            "Pod",
                            "PodTemplate",
                            "ReplicationController",
                            "Service",
                            "Endpoints",
                            "Node",
                            "Event",
                            "LimitRange",
                            "ResourceQuota",
                            "Namespace",
                            "Secret",
                            "ServiceAccount",
                            "PersistentVolume",
                            "PersistentVolumeClaim",
                            "ConfigMap")),
            Map.entry("apps/v1", WORKLOADS),
            Map.entry("apps/v1beta1", Set.of("Deployment", "StatefulSet")),
            Map.entry("apps/v1beta2", WORKLOADS),
            Map.entry(
                    "extensions/v1beta1",
                    Set.of("Deployment", "DaemonSet", "ReplicaSet", "Ingress", "NetworkPolicy", "PodSecurityPolicy")),
            Map.entry("batch/v1", Set.of("Job")),
            Map.entry("batch/v1beta1", Set.of("CronJob")),
            Map.entry("batch/v2alpha1", Set.of("CronJob")),
            Map.entry("networking.k8s.io/v1", Set.of("NetworkPolicy")),
            Map.entry("networking.k8s.io/v1beta1", Set.of("Ingress")),
            Map.entry("policy/v1beta1", Set.of("PodDisruptionBudget", "PodSecurityPolicy")),
            Map.entry("rbac.authorization.k8s.io/v1", ROLES),
            Map.entry("rbac.authorization.k8s.io/v1beta1", ROLES),
            Map.entry("rbac.authorization.k8s.io/v1alpha1", ROLES),
            Map.entry("admissionregistration.k8s.io/v1", WEBHOOKS),
            Map.entry("admissionregistration.k8s.io/v1beta1", WEBHOOKS),
            Map.entry("certificates.k8s.io/v1beta1", Set.of("CertificateSigningRequest")),
            Map.entry("coordination.k8s.io/v1", Set.of("Lease")),
            Map.entry("coordination.k8s.io/v1beta1", Set.of("Lease")),
            Map.entry("discovery.k8s.io/v1beta1", Set.of("EndpointSlice")),
            Map.entry("node.k8s.io/v1beta1", Set.of("RuntimeClass")),
            Map.entry("scheduling.k8s.io/v1", Set.of("PriorityClass")),
            Map.entry("scheduling.k8s.io/v1beta1", Set.of("PriorityClass")),
            Map.entry("settings.k8s.io/v1alpha1", Set.of("PodPreset")),
            Map.entry("storage.k8s.io/v1", Set.of("StorageClass", "VolumeAttachment", "CSINode")),
            Map.entry("storage.k8s.io/v1beta1", Set.of("StorageClass", "VolumeAttachment", "CSIDriver", "CSINode")));

    /// Kinds of which nothing but the version differs from the one that Shipper reads.
    private static final Map<String, String> RENUMBERED = Map.of(
            "batch/v1 CronJob", "batch/v1beta1",
            "policy/v1 PodDisruptionBudget", "policy/v1beta1",
            "node.k8s.io/v1 RuntimeClass", "node.k8s.io/v1beta1",
            "storage.k8s.io/v1 CSIDriver", "storage.k8s.io/v1beta1");

    private ShipperKinds() {}

    /// The object in a version that Shipper reads; empty if there is none.
    ///
    /// The clusters that Shipper runs on serve these versions still: its own definitions are of a version that went
    /// with Kubernetes 1.22, as the oldest of them did.
    static Optional<Manifest> readable(Manifest object) {
        if (KINDS.getOrDefault(object.apiVersion(), Set.of()).contains(object.kind())) {
            return Optional.of(object);
        }
        var called = object.apiVersion() + " " + object.kind();
        return called.equals("networking.k8s.io/v1 Ingress")
                ? Optional.of(ShipperIngress.older(object))
                : Optional.ofNullable(RENUMBERED.get(called)).map(object::withApiVersion);
    }
}
