package dev.haldane.webhook.canary;

/// The name of a Canary object. Prints as Flagger's messages do: `name.namespace`.
public record CanaryId(String namespace, String name) {
    @Override
    public String toString() {
        return name + "." + namespace;
    }
}
