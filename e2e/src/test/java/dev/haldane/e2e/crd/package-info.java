/// Our CRDs in a real API server: what was ever written as a Canary is accepted and comes back whole.
@NullMarked
package dev.haldane.e2e.crd;

import org.jspecify.annotations.NullMarked;
