package dev.haldane.webhook.admission;

import dev.haldane.webhook.canary.CanarySpec;
import java.util.Set;

/// A Canary and where its rollout stands, as a watch last saw it.
///
/// @param phase   as in `status.phase`; `""` before the first look of the loop
/// @param leaving whether the object is being deleted
public record LiveCanary(CanarySpec spec, String phase, boolean leaving) {

    /// Phases in which the fields of the chart are still, or again, the chart's.
    private static final Set<String> NOT_OURS = Set.of("", "Initializing", "Terminating", "Terminated");

    /// Whether the loop has taken over replicas, selector and routes.
    public boolean owns() {
        return !leaving && !NOT_OURS.contains(phase);
    }

    /// For people: `Canary shop.production is Progressing`.
    @Override
    public String toString() {
        return "Canary " + spec.id() + " is " + (phase.isEmpty() ? "new" : phase);
    }
}
