package dev.haldane.postrender.address;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Gives addresses their public form, wherever a manifest has some.
///
/// Images are found by the lists that containers stand in, at any depth, so that pods of kinds which nobody has listed
/// are found as well. Addresses of charts stand in a few objects that other clusters read.
public final class AddressRewrite {
    private static final Set<String> CONTAINERS =
            Set.of("containers", "initContainers", "ephemeralContainers", "steps", "sidecars");

    /// Group and kind → where the address of a chart repository stands; `*` for each item of a list.
    private static final Map<String, List<List<String>>> CHARTS = Map.of(
            "shipper.booking.com/Application", List.of(List.of("spec", "template", "chart", "repoUrl")),
            "shipper.booking.com/Release", List.of(List.of("spec", "environment", "chart", "repoUrl")),
            "shipper.booking.com/InstallationTarget", List.of(List.of("spec", "chart", "repoUrl")),
            "argoproj.io/Application",
                    List.of(List.of("spec", "source", "repoURL"), List.of("spec", "sources", "*", "repoURL")),
            "argoproj.io/ApplicationSet",
                    List.of(
                            List.of("spec", "template", "spec", "source", "repoURL"),
                            List.of("spec", "template", "spec", "sources", "*", "repoURL")),
            "source.toolkit.fluxcd.io/HelmRepository", List.of(List.of("spec", "url")),
            "source.toolkit.fluxcd.io/OCIRepository", List.of(List.of("spec", "url")),
            "helm.fluxcd.io/HelmRelease", List.of(List.of("spec", "chart", "repository")));

    /// Group and kind → the values that its chart is installed with, among which is the image.
    private static final Map<String, List<String>> VALUES = Map.of(
            "shipper.booking.com/Application", List.of("spec", "template", "values"),
            "shipper.booking.com/Release", List.of("spec", "environment", "values"),
            "shipper.booking.com/InstallationTarget", List.of("spec", "values"));

    private final PublicAddresses addresses;

    public AddressRewrite(PublicAddresses addresses) {
        this.addresses = addresses;
    }

    public Manifest of(Manifest manifest) {
        var kind = manifest.group() + "/" + manifest.kind();
        var root = images(manifest.root());
        for (List<String> path : CHARTS.getOrDefault(kind, List.of())) {
            root = at(root, path, node -> text(node, addresses::url));
        }
        if (VALUES.containsKey(kind)) {
            root = at(root, VALUES.get(kind), this::values);
        }
        return root instanceof Mapping mapping ? new Manifest(mapping) : manifest;
    }

    private Node images(Node node) {
        return switch (node) {
            case Scalar scalar -> scalar;
            case Sequence(var items) ->
                new Sequence(items.stream().map(this::images).toList());
            case Mapping(var entries, var doubled) -> {
                var changed = new LinkedHashMap<String, Node>();
                entries.forEach((key, value) -> {
                    var inside = images(value);
                    changed.put(
                            key,
                            switch (key) {
                                // Knative of 2018, Argo Workflows
                                case "container" -> at(inside, List.of("image"), this::image);
                                case "volumes" -> at(inside, List.of("*", "image", "reference"), this::image);
                                default ->
                                    CONTAINERS.contains(key) ? at(inside, List.of("*", "image"), this::image) : inside;
                            });
                });
                yield new Mapping(changed, doubled);
            }
        };
    }

    private Node image(Node node) {
        return text(node, addresses::image);
    }

    private Node values(Node node) {
        return switch (node) {
            case Scalar scalar -> text(scalar, addresses::value);
            case Sequence(var items) ->
                new Sequence(items.stream().map(this::values).toList());
            case Mapping(var entries, var doubled) -> {
                var changed = new LinkedHashMap<String, Node>();
                entries.forEach((key, value) -> changed.put(key, values(value)));
                yield new Mapping(changed, doubled);
            }
        };
    }

    private static Node text(Node node, UnaryOperator<String> change) {
        return node instanceof Scalar(var type, var text, var style) && type == Node.ScalarType.STRING
                ? new Scalar(type, change.apply(text), style)
                : node;
    }

    /// The tree with what stands at `path` changed, where something stands there.
    private static Node at(Node node, List<String> path, UnaryOperator<Node> change) {
        if (path.isEmpty()) {
            return change.apply(node);
        }
        var rest = path.subList(1, path.size());
        if (path.getFirst().equals("*")) {
            return node.withItems(List.of(), item -> at(item, rest, change));
        }
        return node instanceof Mapping map && map.get(path.getFirst()).isPresent()
                ? map.with(path.getFirst(), at(map.get(path.getFirst()).get(), rest, change))
                : node;
    }
}
