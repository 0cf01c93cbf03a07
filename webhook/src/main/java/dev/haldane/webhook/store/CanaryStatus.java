package dev.haldane.webhook.store;

import dev.haldane.webhook.canary.Phase;
import dev.haldane.webhook.canary.Revision;
import java.time.Instant;

/// What we remember of a Canary between two ticks.
///
/// @param phase          where it stands
/// @param promoted       what the primary runs (`status.lastPromotedSpec`)
/// @param verdict        the last verdict, one sentence; `""` before the first (`status.verdict`)
/// @param lastTransition when the phase, step or count last changed; the interval counts from here;
///                       [Instant#EPOCH] if no status was ever written
public record CanaryStatus(Phase phase, Revision promoted, String verdict, Instant lastTransition) {}
