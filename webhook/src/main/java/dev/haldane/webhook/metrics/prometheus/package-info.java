/// Prometheus as a source of metrics: the queries for Istio, the HTTP API, and what its answers mean.
@NullMarked
package dev.haldane.webhook.metrics.prometheus;

import org.jspecify.annotations.NullMarked;
