/// Whole rollouts: the server as a process of its own, on a real API server and mesh, with real Helm and real
/// requests.
@NullMarked
package dev.haldane.e2e.rollout;

import org.jspecify.annotations.NullMarked;
