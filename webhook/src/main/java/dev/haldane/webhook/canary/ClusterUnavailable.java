package dev.haldane.webhook.canary;

/// The API server could not be asked, or did not do what it was asked for. The tick ends; the next one tries again.
public final class ClusterUnavailable extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public ClusterUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    public ClusterUnavailable(String message) {
        super(message);
    }
}
