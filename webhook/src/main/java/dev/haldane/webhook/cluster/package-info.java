/// The API server for the adapters: objects as JSON trees, read from watch caches, written so that no other tool trips
/// over them. Knows nothing of canaries; `store`, `workload`, `routing.istio` and `events` stand on it.
@NullMarked
package dev.haldane.webhook.cluster;

import org.jspecify.annotations.NullMarked;
