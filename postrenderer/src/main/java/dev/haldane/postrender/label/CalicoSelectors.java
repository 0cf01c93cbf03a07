package dev.haldane.postrender.label;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Selectors that are expressions, such as `app == 'shop' && tier in {"web"}`: Calico's policies have them
/// ([selectors](https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#selectors)).
final class CalicoSelectors {
    private static final String SELECTOR = "selector";
    private static final List<String> QUOTES = List.of("'", "\"");

    private CalicoSelectors() {}

    static boolean areIn(Manifest manifest) {
        return manifest.group().endsWith("projectcalico.org");
    }

    static Node renamed(Node node, Map<String, String> renamed) {
        return switch (node) {
            case Scalar scalar -> scalar;
            case Sequence(var items) ->
                new Sequence(items.stream().map(item -> renamed(item, renamed)).toList());
            case Mapping(var entries, var doubled) -> {
                var changed = new LinkedHashMap<String, Node>();
                entries.forEach((key, value) -> changed.put(
                        key,
                        value instanceof Scalar s && key.equals(SELECTOR)
                                ? expression(s, renamed)
                                : renamed(value, renamed)));
                yield new Mapping(changed, doubled);
            }
        };
    }

    private static Scalar expression(Scalar scalar, Map<String, String> renamed) {
        var text = scalar.text();
        for (var entry : renamed.entrySet()) {
            for (String quote : QUOTES) {
                text = text.replace(quote + entry.getKey() + quote, quote + entry.getValue() + quote);
            }
        }
        return new Scalar(scalar.type(), text, scalar.style());
    }
}
