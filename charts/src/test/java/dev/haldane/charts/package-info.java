/// The charts of this repository and the real ones of the corpus, rendered by the real Helm before and after
/// injection.
@NullMarked
package dev.haldane.charts;

import org.jspecify.annotations.NullMarked;
