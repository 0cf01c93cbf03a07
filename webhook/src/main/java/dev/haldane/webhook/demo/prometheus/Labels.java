package dev.haldane.webhook.demo.prometheus;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/// The labels of a series, with its name as `__name__`.
///
/// @param values in the order of their names
public record Labels(Map<String, String> values) {

    static final String NAME = "__name__";

    static final Labels NONE = new Labels(Map.of());

    public Labels {
        values = Map.copyOf(values);
    }

    /// @param name of the metric
    public static Labels of(String name, Map<String, String> labels) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(NAME, name);
        return new Labels(all);
    }

    /// The value of a label, `""` if there is none: to PromQL that is the same.
    public String get(String label) {
        return values.getOrDefault(label, "");
    }

    Labels only(Collection<String> names) {
        Map<String, String> kept = new TreeMap<>(values);
        kept.keySet().retainAll(names);
        return new Labels(kept);
    }

    Labels without(Collection<String> names) {
        Map<String, String> kept = new TreeMap<>(values);
        kept.keySet().removeAll(names);
        kept.remove(NAME);
        return new Labels(kept);
    }

    Labels unnamed() {
        return without(java.util.List.of());
    }
}
