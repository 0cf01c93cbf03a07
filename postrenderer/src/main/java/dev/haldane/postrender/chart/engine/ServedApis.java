package dev.haldane.postrender.chart.engine;

import java.util.Set;

/// The APIs of a Kubernetes of today without extensions, for `.Capabilities.APIVersions.Has`.
final class ServedApis {
    private static final Set<String> VERSIONS = Set.of(
            "v1",
            "apps/v1",
            "autoscaling/v1",
            "autoscaling/v2",
            "batch/v1",
            "networking.k8s.io/v1",
            "policy/v1",
            "rbac.authorization.k8s.io/v1",
            "apiextensions.k8s.io/v1",
            "admissionregistration.k8s.io/v1",
            "apiregistration.k8s.io/v1",
            "storage.k8s.io/v1",
            "scheduling.k8s.io/v1",
            "coordination.k8s.io/v1",
            "certificates.k8s.io/v1",
            "discovery.k8s.io/v1");

    private ServedApis() {}

    /// @param api `apps/v1` or `apps/v1/Deployment`
    static boolean has(String api) {
        if (VERSIONS.contains(api)) {
            return true;
        }
        int kind = api.lastIndexOf('/');
        return kind > 0 && VERSIONS.contains(api.substring(0, kind)) && Character.isUpperCase(api.charAt(kind + 1));
    }
}
