/// The embedded API server of the demo and the real one, asked the same questions.
@NullMarked
package dev.haldane.e2e.apiserver;

import org.jspecify.annotations.NullMarked;
