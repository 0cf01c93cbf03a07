/// What Prometheus says of a workload.
@NullMarked
package dev.haldane.webhook.metrics;

import org.jspecify.annotations.NullMarked;
