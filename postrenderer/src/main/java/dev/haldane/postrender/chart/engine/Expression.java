package dev.haldane.postrender.chart.engine;

import dev.haldane.postrender.manifest.Node;
import java.util.List;

/// What stands in an action: a pipeline is a call whose last argument is what was piped into it.
sealed interface Expression {

    record Literal(Node value) implements Expression {}

    /// `.`, `.a.b`
    record Field(List<String> path) implements Expression {}

    /// `$`, `$x`, `$x.a`
    ///
    /// @param name without the dollar; `""` is the root
    record Variable(String name, List<String> path) implements Expression {}

    /// `(…).a.b`
    record Chain(Expression base, List<String> path) implements Expression {}

    /// `default "x" .a`
    record Call(String function, List<Expression> arguments) implements Expression {}
}
