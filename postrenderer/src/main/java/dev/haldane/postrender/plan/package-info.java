/// What a rollout will do, before it does it: reads one Canary and counts its steps, its bounds and the requests that
/// it needs. The arithmetic is that of the rollout loop, which a test in `webhook` compares; pure, like the rules.
@NullMarked
package dev.haldane.postrender.plan;

import org.jspecify.annotations.NullMarked;
