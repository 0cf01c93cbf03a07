package dev.haldane.webhook.store;

/// Somebody else has written the object since it was read: look again.
public final class StoreConflict extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public StoreConflict(String message, Throwable cause) {
        super(message, cause);
    }
}
