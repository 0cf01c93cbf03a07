/// What the tests on the real parts share: where the parts are, and a control plane for them.
@NullMarked
package dev.haldane.e2e;

import org.jspecify.annotations.NullMarked;
