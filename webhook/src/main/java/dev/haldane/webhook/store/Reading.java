package dev.haldane.webhook.store;

import dev.haldane.webhook.canary.CanarySpec;
import java.util.List;

/// What became of a Canary object that was read.
public sealed interface Reading {

    /// @param ignored one sentence for each field that the object gives and nobody acts upon; none of them changes how
    ///                a revision is judged or routed
    record Understood(CanarySpec spec, List<String> ignored) implements Reading {
        public Understood {
            ignored = List.copyOf(ignored);
        }
    }

    /// @param problem one sentence: the field's path, what it has and what it may have
    record Nonsense(String problem) implements Reading {}
}
