/// As much of Prometheus as a rollout asks for: counters sampled at intervals, PromQL over the samples, and the HTTP
/// API for instant queries.
///
/// It knows selectors with their four comparisons, `rate`, `increase`, `irate`, `histogram_quantile`, `vector`,
/// `scalar`, aggregation with `by` and `without`, and arithmetic. Anything else is refused as Prometheus refuses
/// nonsense, with the place where it stands.
@NullMarked
package dev.haldane.webhook.demo.prometheus;

import org.jspecify.annotations.NullMarked;
