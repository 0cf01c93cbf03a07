/// The shell around the decision table: one virtual thread for each Canary.
///
/// ```text
/// tick = look       the cheap facts: target, primary
///        ensure     primary, Services, routes are there       (scaffolding, no decision)
///        decide     Rollout.decide, answering what it asks
///        act        each effect in order, stop at the first that fails
///        remember   the status, once, last, only if it changed
/// ```
///
/// Nobody imports this package but the composition root. It holds ports, never adapters.
@NullMarked
package dev.haldane.webhook.loop;

import org.jspecify.annotations.NullMarked;
