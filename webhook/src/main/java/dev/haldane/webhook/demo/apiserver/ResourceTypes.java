package dev.haldane.webhook.demo.apiserver;

import static dev.haldane.webhook.demo.apiserver.ResourceType.Trait.BUILT_IN;
import static dev.haldane.webhook.demo.apiserver.ResourceType.Trait.SCALE;
import static dev.haldane.webhook.demo.apiserver.ResourceType.Trait.STATUS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.haldane.webhook.demo.apiserver.ResourceType.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// The kinds of object that are served: those built in, and those that CustomResourceDefinitions add.
final class ResourceTypes {

    static final ResourceType NAMESPACES = builtIn("v1", "namespaces", "Namespace", false, STATUS);
    static final ResourceType DEPLOYMENTS = builtIn("apps/v1", "deployments", "Deployment", true, STATUS, SCALE);
    static final ResourceType DEFINITIONS =
            builtIn("apiextensions.k8s.io/v1", "customresourcedefinitions", "CustomResourceDefinition", false, STATUS);
    static final ResourceType MUTATING = builtIn(
            "admissionregistration.k8s.io/v1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration", false);
    static final ResourceType VALIDATING = builtIn(
            "admissionregistration.k8s.io/v1",
            "validatingwebhookconfigurations",
            "ValidatingWebhookConfiguration",
            false);

    private final List<ResourceType> types = new CopyOnWriteArrayList<>(List.of(
            NAMESPACES,
            builtIn("v1", "services", "Service", true, STATUS),
            builtIn("v1", "pods", "Pod", true, STATUS),
            builtIn("v1", "configmaps", "ConfigMap", true),
            builtIn("v1", "secrets", "Secret", true),
            builtIn("v1", "persistentvolumeclaims", "PersistentVolumeClaim", true, STATUS),
            builtIn("v1", "events", "Event", true),
            builtIn("v1", "serviceaccounts", "ServiceAccount", true),
            builtIn("v1", "nodes", "Node", false, STATUS),
            DEPLOYMENTS,
            builtIn("apps/v1", "controllerrevisions", "ControllerRevision", true),
            builtIn("apps/v1", "replicasets", "ReplicaSet", true, STATUS, SCALE),
            builtIn("apps/v1", "statefulsets", "StatefulSet", true, STATUS, SCALE),
            builtIn("apps/v1", "daemonsets", "DaemonSet", true, STATUS),
            builtIn("autoscaling/v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", true, STATUS),
            builtIn("coordination.k8s.io/v1", "leases", "Lease", true),
            builtIn("networking.k8s.io/v1", "ingresses", "Ingress", true, STATUS),
            builtIn("rbac.authorization.k8s.io/v1", "clusterroles", "ClusterRole", false),
            builtIn("rbac.authorization.k8s.io/v1", "clusterrolebindings", "ClusterRoleBinding", false),
            builtIn("authentication.k8s.io/v1", "selfsubjectreviews", "SelfSubjectReview", false),
            MUTATING,
            VALIDATING,
            DEFINITIONS));

    private static ResourceType builtIn(
            String apiVersion, String plural, String kind, boolean namespaced, Trait... more) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        Set<Trait> traits = EnumSet.of(BUILT_IN, more);
        return new ResourceType(group, List.of(apiVersion.substring(slash + 1)), plural, kind, namespaced, traits);
    }

    Optional<ResourceType> find(String group, String version, String plural) {
        return types.stream()
                .filter(type -> type.group().equals(group)
                        && type.plural().equals(plural)
                        && type.versions().contains(version))
                .findFirst();
    }

    List<ResourceType> all() {
        return List.copyOf(types);
    }

    /// Groups and their versions, in order of appearance.
    Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (ResourceType type : types) {
            List<String> versions = groups.computeIfAbsent(type.group(), _ -> new ArrayList<>());
            type.versions().stream()
                    .filter(version -> !versions.contains(version))
                    .forEach(versions::add);
        }
        return groups;
    }

    List<ResourceType> in(String group, String version) {
        return types.stream()
                .filter(type -> type.group().equals(group) && type.versions().contains(version))
                .toList();
    }

    /// Serves what a CustomResourceDefinition describes, or what it describes now.
    void define(JsonNode definition) {
        ResourceType type = read(definition);
        types.removeIf(old -> old.qualified().equals(type.qualified()) && !old.is(BUILT_IN));
        types.add(type);
    }

    void undefine(JsonNode definition) {
        ResourceType type = read(definition);
        types.removeIf(old -> old.qualified().equals(type.qualified()) && !old.is(BUILT_IN));
    }

    private static ResourceType read(JsonNode definition) {
        JsonNode spec = definition.path("spec");
        List<String> versions = new ArrayList<>();
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        for (JsonNode version : spec.path("versions")) {
            if (version.path("storage").asBoolean()) {
                versions.addFirst(Tree.text(version, "name"));
            } else if (version.path("served").asBoolean()) {
                versions.add(Tree.text(version, "name"));
            }
            if (version.path("subresources").has("status")) {
                traits.add(STATUS);
            }
        }
        return new ResourceType(
                Tree.text(spec, "group"),
                versions,
                Tree.text(spec, "names", "plural"),
                Tree.text(spec, "names", "kind"),
                Tree.text(spec, "scope").equals("Namespaced"),
                traits);
    }
}
