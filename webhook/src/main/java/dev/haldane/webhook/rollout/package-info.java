/// The decision table: `(spec, phase, observation) → a question, or the next phase and its effects`. Pure.
@NullMarked
package dev.haldane.webhook.rollout;

import org.jspecify.annotations.NullMarked;
