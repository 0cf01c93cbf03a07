package dev.haldane.postrender.upgrade;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An object in the API that Kubernetes serves today, where the one that it names is gone.
public final class ModernObject {
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet");
    private static final Set<String> OLD_WORKLOADS = Set.of("extensions/v1beta1", "apps/v1beta1", "apps/v1beta2");
    private static final Set<String> OLD_AUTOSCALERS = Set.of("autoscaling/v2beta1", "autoscaling/v2beta2");
    private static final Set<String> OLD_INGRESSES = Set.of("extensions/v1beta1", "networking.k8s.io/v1beta1");
    private static final String AUTHORISATION = "rbac.authorization.k8s.io/v1beta1";

    /// Kinds of which nothing but the version has changed: kind → old version.
    private static final Map<String, String> RENUMBERED = Map.of(
            "PodDisruptionBudget",
            "policy/v1beta1",
            "CronJob",
            "batch/v1beta1",
            "NetworkPolicy",
            "extensions/v1beta1",
            "IngressClass",
            "networking.k8s.io/v1beta1",
            "Role",
            AUTHORISATION,
            "RoleBinding",
            AUTHORISATION,
            "ClusterRole",
            AUTHORISATION,
            "ClusterRoleBinding",
            AUTHORISATION);

    private ModernObject() {}

    /// The kinds that [#of] looks at.
    public static Set<String> kinds() {
        return Set.of(
                "Deployment",
                "StatefulSet",
                "DaemonSet",
                "ReplicaSet",
                "HorizontalPodAutoscaler",
                "Ingress",
                "PodDisruptionBudget",
                "CronJob",
                "NetworkPolicy",
                "IngressClass",
                "Role",
                "RoleBinding",
                "ClusterRole",
                "ClusterRoleBinding");
    }

    /// Whether a kind's version is one that Kubernetes has dropped.
    public static boolean isOld(String apiVersion, String kind) {
        return (WORKLOADS.contains(kind) && OLD_WORKLOADS.contains(apiVersion))
                || (kind.equals("HorizontalPodAutoscaler") && OLD_AUTOSCALERS.contains(apiVersion))
                || (kind.equals("Ingress") && OLD_INGRESSES.contains(apiVersion))
                || apiVersion.equals(RENUMBERED.get(kind));
    }

    /// The labels that the selector of a workload of old is made of.
    public static Set<String> selector(Manifest workload) {
        return ModernWorkload.of(workload)
                .root()
                .map("spec", "selector", "matchLabels")
                .entries()
                .keySet();
    }

    /// The same, of the names of its pods' labels.
    public static Set<String> selector(List<String> podLabels) {
        return ModernWorkload.lasting(podLabels);
    }

    public static Manifest of(Manifest manifest) {
        var version = manifest.apiVersion();
        if (isOldWorkload(manifest)) {
            return ModernWorkload.of(manifest);
        }
        if (manifest.is("autoscaling", "HorizontalPodAutoscaler")) {
            var modern = OLD_AUTOSCALERS.contains(version) ? ModernAutoscaler.of(manifest) : manifest;
            return ModernReference.in(modern, "spec", "scaleTargetRef");
        }
        if (manifest.kind().equals("Ingress") && OLD_INGRESSES.contains(version)) {
            return ModernIngress.of(manifest);
        }
        return version.equals(RENUMBERED.get(manifest.kind())) ? renumbered(manifest) : manifest;
    }

    /// Whether it is a workload of old that cannot have a selector, because its pods have no labels.
    public static boolean cannotSelect(Manifest manifest) {
        return isOldWorkload(manifest) && !ModernWorkload.canSelect(manifest);
    }

    private static boolean isOldWorkload(Manifest manifest) {
        return WORKLOADS.contains(manifest.kind()) && OLD_WORKLOADS.contains(manifest.apiVersion());
    }

    private static Manifest renumbered(Manifest manifest) {
        var group = manifest.kind().equals("NetworkPolicy") ? "networking.k8s.io" : manifest.group();
        var modern = manifest.withApiVersion(group + "/v1");
        // An empty selector of a budget meant no pod at all, and now means every one.
        boolean none = manifest.kind().equals("PodDisruptionBudget")
                && manifest.at("spec", "selector").filter(Mapping.EMPTY::equals).isPresent();
        return none ? modern.without(List.of("spec", "selector")) : modern;
    }
}
