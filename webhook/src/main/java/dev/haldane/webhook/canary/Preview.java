package dev.haldane.webhook.canary;

/// A preview or staging environment that gets a share of production's requests.
///
/// @param namespace in which a Service of the apex's name gets them
/// @param percent   of all requests, 1 to 99
public record Preview(String namespace, int percent) {

    public Preview {
        if (percent < 1 || percent > 99) {
            throw new IllegalArgumentException("no share: " + percent);
        }
    }

    @Override
    public String toString() {
        return namespace + "=" + percent;
    }
}
