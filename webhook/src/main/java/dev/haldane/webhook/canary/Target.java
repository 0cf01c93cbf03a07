package dev.haldane.webhook.canary;

/// The workload that a Canary watches, in the Canary's own namespace.
public record Target(String apiVersion, String kind, String name) {

    /// The workload that serves users: `<target>-primary`.
    public String primary() {
        return name + "-primary";
    }
}
