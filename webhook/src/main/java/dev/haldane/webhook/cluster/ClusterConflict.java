package dev.haldane.webhook.cluster;

/// The object is not what it was when it was read, or it exists already: HTTP status 409.
public final class ClusterConflict extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public ClusterConflict(String message, Throwable cause) {
        super(message, cause);
    }
}
