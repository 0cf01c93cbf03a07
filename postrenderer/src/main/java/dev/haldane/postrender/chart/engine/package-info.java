/// A small interpreter of Helm's templates: enough to know what a chart makes of its own values where no `helm`
/// is at hand. What it does not understand becomes an opaque word, the same for the same expression, so that a
/// name or a label can still be compared. Helm itself has the last word, in `--check`.
@NullMarked
package dev.haldane.postrender.chart.engine;

import org.jspecify.annotations.NullMarked;
