package dev.haldane.webhook.admission;

import dev.haldane.certs.TrustBundle;

/// Port: tells the API server that we answer reviews.
@FunctionalInterface
public interface Registration {

    /// Makes the registration what it should be, where it is not.
    ///
    /// @return whether anything had to be written
    /// @throws dev.haldane.webhook.canary.ClusterUnavailable if the API server could not be asked
    boolean register(TrustBundle trust);
}
