/// The chart door: edits of a chart's sources that make what post-rendering makes of its objects. Go templates
/// are not YAML, so whole lines are put in and marked, no line is changed, and taking the marked lines out
/// restores every byte. While `canary.enabled` is false the chart renders as if nobody had been here.
@NullMarked
package dev.haldane.postrender.chart;

import org.jspecify.annotations.NullMarked;
