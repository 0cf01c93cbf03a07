/// Old forms of objects and what they are called today: Canaries of 2019, and APIs that Kubernetes has dropped.
/// Imports `rule` and `manifest`; the rules import it.
@NullMarked
package dev.haldane.postrender.upgrade;

import org.jspecify.annotations.NullMarked;
