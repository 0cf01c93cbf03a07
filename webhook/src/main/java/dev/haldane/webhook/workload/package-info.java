/// The target and its primary: seen, created, scaled, promoted.
@NullMarked
package dev.haldane.webhook.workload;

import org.jspecify.annotations.NullMarked;
