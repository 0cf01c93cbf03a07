package dev.haldane.postrender.label;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// Gives label values other ones, wherever labels stand: in metadata and pod templates, in the selectors of
/// workloads, Services, budgets and policies, in affinity and topology rules, in Istio's subsets, workload selectors
/// and source labels, in monitors. What they have in common is how the map is called that they stand in, so that
/// kinds which nobody has listed are found as well. Selectors of namespaces and nodes are about other things' labels.
public final class LabelRewrite {
    /// The labels that name an application.
    private static final Set<String> KEYS =
            Set.of("app", "name", "k8s-app", "app.kubernetes.io/name", "component", "app.kubernetes.io/component");

    /// Where Cilium looks for a label: `k8s:app`.
    private static final List<String> SOURCES = List.of("k8s:", "any:");

    private static final Set<String> LABEL_MAPS =
            Set.of("labels", "matchLabels", "selector", "sourceLabels", "podSelector");
    private static final Set<String> FOREIGN =
            Set.of("namespaceSelector", "nodeSelector", "nodeAffinity", "data", "stringData", "annotations");

    private final Map<String, String> renamed;

    public LabelRewrite(Map<String, String> renamed) {
        this.renamed = Map.copyOf(renamed);
    }

    public Manifest of(Manifest manifest) {
        var changed = walk(manifest.root(), "", this::value);
        if (CalicoSelectors.areIn(manifest)) {
            changed = CalicoSelectors.renamed(changed, renamed);
        }
        return changed instanceof Mapping root ? new Manifest(root) : manifest;
    }

    private String value(String key, String value) {
        return isName(key) ? renamed.getOrDefault(value, value) : value;
    }

    private static boolean isName(String key) {
        return KEYS.contains(key)
                || SOURCES.stream()
                        .anyMatch(source -> key.startsWith(source) && KEYS.contains(key.substring(source.length())));
    }

    /// The application names in an object's labels and selectors.
    static Set<String> valuesIn(Manifest manifest) {
        var values = new HashSet<String>();
        walk(manifest.root(), "", (key, value) -> {
            if (isName(key)) {
                values.add(value);
            }
            return value;
        });
        return values;
    }

    /// The application names that objects bear, or the pods made of them: not those that they only select.
    static Set<String> carriedBy(Manifest manifest) {
        var values = new HashSet<String>();
        carried(manifest.root(), values);
        return values;
    }

    private static void carried(Node node, Set<String> values) {
        switch (node) {
            case Scalar _ -> {}
            case Sequence(var items) -> items.forEach(item -> carried(item, values));
            case Mapping(var entries, var _) -> {
                node.map("metadata", "labels").entries().forEach((key, value) -> {
                    if (isName(key) && value instanceof Scalar s) {
                        values.add(s.text());
                    }
                });
                entries.values().forEach(child -> carried(child, values));
            }
        }
    }

    /// One of these values that the object has.
    public static Optional<String> labelIn(Manifest manifest, Set<String> values) {
        return valuesIn(manifest).stream().filter(values::contains).sorted().findFirst();
    }

    private static Node walk(Node node, String name, BiFunction<String, String, String> change) {
        return switch (node) {
            case Scalar scalar -> scalar;
            case Sequence(var items) -> {
                List<Node> changed = new ArrayList<>();
                for (Node item : items) {
                    changed.add(name.equals("matchExpressions") ? expression(item, change) : walk(item, "", change));
                }
                yield new Sequence(changed);
            }
            case Mapping(var entries, var doubled) -> {
                var changed = new LinkedHashMap<String, Node>();
                entries.forEach((key, value) -> {
                    if (value instanceof Scalar s && LABEL_MAPS.contains(name)) {
                        changed.put(key, relabelled(s, change.apply(key, s.text())));
                    } else {
                        changed.put(key, FOREIGN.contains(key) ? value : walk(value, key, change));
                    }
                });
                yield new Mapping(changed, doubled);
            }
        };
    }

    /// `{key: app, operator: In, values: [shop]}`.
    private static Node expression(Node expression, BiFunction<String, String, String> change) {
        var key = expression.text("key").orElse("");
        List<Node> values = new ArrayList<>();
        for (Node value : expression.items("values")) {
            values.add(value instanceof Scalar s ? relabelled(s, change.apply(key, s.text())) : value);
        }
        return values.isEmpty() ? expression : expression.with(List.of("values"), new Sequence(values));
    }

    private static Scalar relabelled(Scalar scalar, String text) {
        return text.equals(scalar.text()) ? scalar : new Scalar(scalar.type(), text, scalar.style());
    }
}
