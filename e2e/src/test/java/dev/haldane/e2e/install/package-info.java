/// The chart that installs Haldane, in a real cluster by the real Helm.
@NullMarked
package dev.haldane.e2e.install;

import org.jspecify.annotations.NullMarked;
