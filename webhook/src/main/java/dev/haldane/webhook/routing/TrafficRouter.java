package dev.haldane.webhook.routing;

import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.Weight;

/// Port: the routes of a Canary. Every method may be repeated.
public interface TrafficRouter {

    /// Makes the routes with weight 0 where they are missing, and mends what is not a weight. Never resets a weight.
    void ensure(CanarySpec spec);

    /// The weight in force.
    Weight read(CanarySpec spec);

    /// Sends this share of the requests to the canary, the rest to the primary.
    void route(CanarySpec spec, Weight canary);
}
