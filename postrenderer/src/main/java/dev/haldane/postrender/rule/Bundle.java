package dev.haldane.postrender.rule;

import dev.haldane.postrender.manifest.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// All objects of one render, or of one namespace of a cluster: what a rule may look at beside the object in its hand.
/// Read-only. Objects without a namespace are in Helm's, if anybody has told us that.
public final class Bundle {
    private final List<Manifest> all;
    private final String namespace;
    private final Map<String, List<Manifest>> byKind = new HashMap<>();
    private final Map<String, List<Manifest>> byLabel = new HashMap<>();
    private final Map<Index, Map<String, List<Manifest>>> indices = new ConcurrentHashMap<>();
    private final Map<Class<?>, Object> answers = new ConcurrentHashMap<>();

    /// A question that is asked for each of many objects, so that its answers are kept.
    ///
    /// @param kind of the objects to find
    /// @param keys under which one of them is to be found
    public record Index(String kind, Function<Manifest, Collection<String>> keys) {}

    private Bundle(Collection<Manifest> all, String namespace) {
        this.all = List.copyOf(all);
        this.namespace = namespace;
        for (Manifest manifest : this.all) {
            byKind.computeIfAbsent(manifest.kind(), _ -> new ArrayList<>()).add(manifest);
            byLabel.computeIfAbsent(manifest.label(), _ -> new ArrayList<>()).add(manifest);
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

    /// The objects that an index has under a key.
    public List<Manifest> find(Index index, String key) {
        return indices.computeIfAbsent(index, this::built).getOrDefault(key, List.of());
    }

    private Map<String, List<Manifest>> built(Index index) {
        var found = new HashMap<String, List<Manifest>>();
        for (Manifest manifest : ofKind(index.kind())) {
            for (String key : index.keys().apply(manifest)) {
                found.computeIfAbsent(key, _ -> new ArrayList<>()).add(manifest);
            }
        }
        return found;
    }

    /// What somebody knows of the whole bundle, asked once: each of many objects needs it.
    public <T> T once(Class<T> type, Supplier<T> question) {
        var known = answers.get(type);
        if (known != null) {
            return type.cast(known);
        }
        T answer = question.get();
        answers.put(type, answer);
        return answer;
    }

    /// The object of that group, kind and name in the namespace of `neighbour`.
    public Optional<Manifest> find(String group, String kind, String name, Manifest neighbour) {
        return byLabel.getOrDefault(kind + "/" + name, List.of()).stream()
                .filter(m -> m.group().equals(group) && together(m, neighbour))
                .findFirst();
    }

    /// Whether another object of this name stands beside it, which is a mistake of the chart.
    public boolean isDoubled(Manifest manifest) {
        return byLabel.getOrDefault(manifest.label(), List.of()).stream()
                        .filter(other -> other.group().equals(manifest.group())
                                && namespaceOf(other).equals(namespaceOf(manifest)))
                        .count()
                > 1;
    }

    /// Whether both live in the same namespace. Where nobody knows which one "none" stands for, it may be any.
    public boolean together(Manifest one, Manifest other) {
        var here = namespaceOf(one);
        var there = namespaceOf(other);
        return here.equals(there) || here.isEmpty() || there.isEmpty();
    }

    /// Whether an object is in that namespace, as far as anybody knows.
    public boolean mayBeIn(Manifest manifest, String wanted) {
        var there = namespaceOf(manifest);
        return there.isEmpty() || there.equals(wanted);
    }

    private String namespaceOf(Manifest manifest) {
        return manifest.namespace().isEmpty() ? namespace : manifest.namespace();
    }
}
