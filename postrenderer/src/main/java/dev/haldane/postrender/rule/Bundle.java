package dev.haldane.postrender.rule;

import dev.haldane.postrender.manifest.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All objects of one render, or of one namespace of a cluster: what a rule may look at beside the object in its hand.
/// Read-only. Objects without a namespace are in [#namespace], Helm's.
public final class Bundle {
    private final List<Manifest> all;
    private final String namespace;
    private final Map<String, List<Manifest>> byKind = new HashMap<>();

    private Bundle(Collection<Manifest> all, String namespace) {
        this.all = List.copyOf(all);
        this.namespace = namespace;
        for (Manifest manifest : this.all) {
            byKind.computeIfAbsent(manifest.kind(), _ -> new ArrayList<>()).add(manifest);
        }
    }

    public static Bundle of(Collection<Manifest> manifests) {
        return new Bundle(manifests, "");
    }

    /// @param namespace where objects that name none will live; `""` if nobody knows
    public static Bundle of(Collection<Manifest> manifests, String namespace) {
        return new Bundle(manifests, namespace);
    }

    public List<Manifest> all() {
        return all;
    }

    /// In the order of the stream.
    public List<Manifest> of(String group, String kind) {
        return ofKind(kind).stream().filter(m -> m.group().equals(group)).toList();
    }

    public List<Manifest> ofKind(String kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    /// The object of that group, kind and name in the namespace of `neighbour`.
    public Optional<Manifest> find(String group, String kind, String name, Manifest neighbour) {
        return ofKind(kind).stream()
                .filter(m -> m.name().equals(name) && m.group().equals(group) && together(m, neighbour))
                .findFirst();
    }

    /// Whether both live in the same namespace. Where nobody knows which one "none" stands for, it may be any.
    public boolean together(Manifest one, Manifest other) {
        var here = namespaceOf(one);
        var there = namespaceOf(other);
        return here.equals(there) || here.isEmpty() || there.isEmpty();
    }

    private String namespaceOf(Manifest manifest) {
        return manifest.namespace().isEmpty() ? namespace : manifest.namespace();
    }
}
