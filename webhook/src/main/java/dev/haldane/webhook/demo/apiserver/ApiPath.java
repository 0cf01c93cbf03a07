package dev.haldane.webhook.demo.apiserver;

import java.util.List;
import java.util.Optional;

/// What a request path points to
/// ([resource URIs](https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris)).
///
/// @param version     in which the client speaks
/// @param namespace   `""`: none, or all of them
/// @param name        `""`: the collection
/// @param subresource `""`: the object itself
record ApiPath(ResourceType type, String version, String namespace, String name, String subresource) {

    /// Empty where the path names no kind of object that is served.
    static Optional<ApiPath> parse(String path, ResourceTypes types) {
        List<String> parts = List.of(path.substring(1).split("/"));
        if (parts.getFirst().equals("api") && parts.size() >= 3) {
            return parse("", parts.get(1), parts.subList(2, parts.size()), types);
        }
        return parts.getFirst().equals("apis") && parts.size() >= 4
                ? parse(parts.get(1), parts.get(2), parts.subList(3, parts.size()), types)
                : Optional.empty();
    }

    private static Optional<ApiPath> parse(String group, String version, List<String> rest, ResourceTypes types) {
        boolean inNamespace = rest.size() >= 3
                && rest.getFirst().equals("namespaces")
                && !rest.get(2).equals("status");
        String namespace = inNamespace ? rest.get(1) : "";
        List<String> place = inNamespace ? rest.subList(2, rest.size()) : rest;
        if (place.size() > 3) {
            return Optional.empty();
        }
        return types.find(group, version, place.getFirst())
                .filter(type -> inNamespace ? type.namespaced() : !type.namespaced() || place.size() == 1)
                .map(type -> new ApiPath(type, version, namespace, part(place, 1), part(place, 2)));
    }

    private static String part(List<String> parts, int index) {
        return index < parts.size() ? parts.get(index) : "";
    }

    ObjectKey key() {
        return new ObjectKey(namespace, name);
    }

    ApiPath named(String other) {
        return new ApiPath(type, version, namespace, other, subresource);
    }
}
