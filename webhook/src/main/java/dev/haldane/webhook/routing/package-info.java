/// Who gets which share of the requests: one port, one adapter for each mesh.
@NullMarked
package dev.haldane.webhook.routing;

import org.jspecify.annotations.NullMarked;
