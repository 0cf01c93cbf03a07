package dev.haldane.webhook.demo.apiserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.demo.apiserver.ResourceType.Trait;
import java.util.List;
import java.util.Optional;

/// Tells clients what is served
/// ([discovery](https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api), the form without
/// aggregation).
final class Discovery {

    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private final ResourceTypes types;

    Discovery(ResourceTypes types) {
        this.types = types;
    }

    /// Empty where the path is not one of discovery's.
    Optional<ObjectNode> answer(String path) {
        List<String> parts = List.of(path.substring(1).split("/"));
        return switch (parts.size() + " " + parts.getFirst()) {
            case "1 version" -> Optional.of(version());
            case "1 api" -> Optional.of(coreVersions());
            case "1 apis" -> Optional.of(groups());
            case "2 api" -> resources("", parts.get(1));
            case "2 apis" ->
                Optional.of(parts.get(1)).filter(types.groups()::containsKey).map(this::group);
            case "3 apis" -> resources(parts.get(1), parts.get(2));
            default -> Optional.empty();
        };
    }

    private static ObjectNode version() {
        return Tree.object()
                .put("major", "1")
                .put("minor", "37")
                .put("gitVersion", "v1.37.0+haldane-demo")
                .put("platform", "jvm");
    }

    private static ObjectNode coreVersions() {
        ObjectNode answer = Tree.object().put("kind", "APIVersions");
        answer.putArray("versions").add("v1");
        return answer;
    }

    private ObjectNode groups() {
        ObjectNode answer = Tree.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = answer.putArray("groups");
        types.groups().keySet().stream().filter(name -> !name.isEmpty()).forEach(name -> groups.add(group(name)));
        return answer;
    }

    private ObjectNode group(String name) {
        List<String> versions = types.groups().getOrDefault(name, List.of());
        ObjectNode group =
                Tree.object().put("kind", "APIGroup").put("apiVersion", "v1").put("name", name);
        ArrayNode list = group.putArray("versions");
        versions.forEach(version -> list.add(groupVersion(name, version)));
        group.set("preferredVersion", groupVersion(name, versions.getFirst()));
        return group;
    }

    private static ObjectNode groupVersion(String group, String version) {
        return Tree.object().put("groupVersion", group + "/" + version).put("version", version);
    }

    private Optional<ObjectNode> resources(String group, String version) {
        List<ResourceType> here = types.in(group, version);
        if (here.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode answer = Tree.object().put("kind", "APIResourceList").put("apiVersion", "v1");
        answer.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode list = answer.putArray("resources");
        for (ResourceType type : here) {
            ArrayNode verbs = entry(list, type, type.plural(), type.kind());
            VERBS.forEach(verbs::add);
            if (type.is(Trait.STATUS)) {
                entry(list, type, type.plural() + "/status", type.kind())
                        .add("get")
                        .add("patch")
                        .add("update");
            }
            if (type.is(Trait.SCALE)) {
                entry(list, type, type.plural() + "/scale", "Scale")
                        .add("get")
                        .add("patch")
                        .add("update");
            }
        }
        return Optional.of(answer);
    }

    private static ArrayNode entry(ArrayNode list, ResourceType type, String name, String kind) {
        return list.addObject()
                .put("name", name)
                .put("singularName", type.singular())
                .put("namespaced", type.namespaced())
                .put("kind", kind)
                .putArray("verbs");
    }
}
