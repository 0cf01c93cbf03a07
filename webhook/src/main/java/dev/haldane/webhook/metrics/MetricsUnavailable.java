package dev.haldane.webhook.metrics;

/// The metrics provider could not be asked. That says nothing about the canary.
public final class MetricsUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public MetricsUnavailable(String message) {
        super(message);
    }

    public MetricsUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
