package dev.haldane.webhook.demo.console;

import java.time.Duration;
import java.util.OptionalDouble;

/// How a rollout stands at one moment.
///
/// @param title     of the application, such as `croc-hunter in jx-production`
/// @param phase     of the Canary, as `kubectl get canaries` shows it; `""` while there is none
/// @param weight    share of requests that go to the canary, in percent, as the gateway obeys it
/// @param git       what the environment repository wants, such as `croc-hunter 1.1.0`
public record Glance(
        String title,
        Duration elapsed,
        String phase,
        int weight,
        Side primary,
        Side canary,
        Limits limits,
        String git) {

    /// One of the two workloads.
    ///
    /// @param version     tag of its image; `""` if it does not run
    /// @param successRate in percent; empty while no request was counted
    /// @param p99         in milliseconds
    /// @param requests    that this version has answered since the demo began
    /// @param failed      of these, with 5xx
    public record Side(String version, OptionalDouble successRate, OptionalDouble p99, long requests, long failed) {
        public static final Side NONE = new Side("", OptionalDouble.empty(), OptionalDouble.empty(), 0, 0);
    }

    /// @param success   least success rate in percent
    /// @param p99       greatest p99 in milliseconds
    /// @param maxWeight weight of the last step, in percent
    public record Limits(double success, double p99, int maxWeight) {}
}
