/// Istio's VirtualServices and DestinationRules.
@NullMarked
package dev.haldane.webhook.routing.istio;

import org.jspecify.annotations.NullMarked;
