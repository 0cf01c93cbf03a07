package dev.haldane.webhook.cluster;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/// A namespaced kind of object and where the API serves it.
///
/// @param group `""` for the core group
public record Kind(String group, String version, String kind, String plural) {

    public static final Kind CANARY = new Kind("flagger.app", "v1beta1", "Canary", "canaries");
    public static final Kind DEPLOYMENT = new Kind("apps", "v1", "Deployment", "deployments");
    public static final Kind CONTROLLER_REVISION = new Kind("apps", "v1", "ControllerRevision", "controllerrevisions");
    public static final Kind AUTOSCALER =
            new Kind("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers");
    public static final Kind SERVICE = new Kind("", "v1", "Service", "services");
    public static final Kind EVENT = new Kind("", "v1", "Event", "events");
    public static final Kind LEASE = new Kind("coordination.k8s.io", "v1", "Lease", "leases");
    public static final Kind VIRTUAL_SERVICE =
            new Kind("networking.istio.io", "v1", "VirtualService", "virtualservices");
    public static final Kind DESTINATION_RULE =
            new Kind("networking.istio.io", "v1", "DestinationRule", "destinationrules");

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// As the API server's own messages name it: `deployments.apps`, `services`.
    public String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}
