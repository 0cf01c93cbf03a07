/// Canary objects in the cluster: read, watched, and their status written once per tick.
@NullMarked
package dev.haldane.webhook.store;

import org.jspecify.annotations.NullMarked;
