package dev.haldane.webhook.admission;

import java.util.Map;
import java.util.Optional;

/// Port: what a review may know of the cluster. Answers come from memory at once.
public interface LiveCanaries {

    /// The Canary whose target is this Deployment.
    Optional<LiveCanary> ofTarget(String namespace, String deployment);

    /// The Canary whose apex is this Service (and whose routes are the VirtualService of that name).
    Optional<LiveCanary> ofApex(String namespace, String service);

    /// Whether a Deployment with at least one available pod has these labels on its pods.
    boolean serves(String namespace, Map<String, String> selector);
}
