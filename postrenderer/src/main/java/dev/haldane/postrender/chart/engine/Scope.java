package dev.haldane.postrender.chart.engine;

import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Scalar;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The dot and the variables at a place of a template.
final class Scope {
    private final @Nullable Scope outer;
    private final Node dot;
    private final Map<String, Node> variables = new HashMap<>();

    private Scope(@Nullable Scope outer, Node dot) {
        this.outer = outer;
        this.dot = dot;
    }

    /// Of a template that is called with a value: `$` is that value.
    static Scope of(Node argument) {
        var scope = new Scope(null, argument);
        scope.variables.put("", argument);
        return scope;
    }

    Scope inner(Node newDot) {
        return new Scope(this, newDot);
    }

    Node dot() {
        return dot;
    }

    void declare(String name, Node value) {
        variables.put(name, value);
    }

    void assign(String name, Node value) {
        if (outer == null || variables.containsKey(name)) {
            variables.put(name, value);
        } else {
            outer.assign(name, value);
        }
    }

    Node variable(String name) {
        Node value = variables.get(name);
        if (value == null) {
            return outer == null ? Scalar.NULL : outer.variable(name);
        }
        return value;
    }
}
