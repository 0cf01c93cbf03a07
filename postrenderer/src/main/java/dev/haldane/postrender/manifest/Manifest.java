package dev.haldane.postrender.manifest;

import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// One Kubernetes object. Strings are `""` where the object says nothing.
public record Manifest(Mapping root) {

    public String apiVersion() {
        return root.text("apiVersion").orElse("");
    }

    /// The API group: `apps` of `apps/v1`, `""` of `v1`.
    public String group() {
        var version = apiVersion();
        int slash = version.indexOf('/');
        return slash < 0 ? "" : version.substring(0, slash);
    }

    public String kind() {
        return root.text("kind").orElse("");
    }

    public String name() {
        return root.text("metadata", "name").orElse("");
    }

    public String namespace() {
        return root.text("metadata", "namespace").orElse("");
    }

    public boolean is(String group, String kind) {
        return kind().equals(kind) && group().equals(group);
    }

    public SequencedMap<String, String> labels() {
        return strings("metadata", "labels");
    }

    public SequencedMap<String, String> annotations() {
        return strings("metadata", "annotations");
    }

    public Optional<String> annotation(String key) {
        return root.text("metadata", "annotations", key);
    }

    /// The map of strings at `path`, sorted by key; empty where there is none.
    public SequencedMap<String, String> strings(String... path) {
        var strings = new TreeMap<String, String>();
        root.map(path).entries().forEach((key, value) -> {
            if (value instanceof Scalar s && s.type() != Node.ScalarType.NULL) {
                strings.put(key, s.text());
            }
        });
        // Not the tree: a stream of its entries makes a class at run time, for a comparator that nobody asks for.
        return new LinkedHashMap<>(strings);
    }

    public Optional<Node> at(String... path) {
        return root.at(path);
    }

    public Optional<String> text(String... path) {
        return root.text(path);
    }

    public Manifest with(List<String> path, Node value) {
        return root.with(path, value) instanceof Mapping changed ? new Manifest(changed) : this;
    }

    public Manifest with(List<String> path, String value) {
        return with(path, Scalar.of(value));
    }

    public Manifest without(List<String> path) {
        return root.without(path) instanceof Mapping changed ? new Manifest(changed) : this;
    }

    public Manifest withItems(List<String> path, UnaryOperator<Node> change) {
        return root.withItems(path, change) instanceof Mapping changed ? new Manifest(changed) : this;
    }

    public Manifest withApiVersion(String apiVersion) {
        return with(List.of("apiVersion"), apiVersion);
    }

    public Manifest withAnnotation(String key, String value) {
        return with(List.of("metadata", "annotations", key), value);
    }

    /// `Deployment/name`, as a report says it.
    public String label() {
        return kind() + "/" + name();
    }
}
