package dev.haldane.webhook.store;

/// Port: of several replicas one runs the loop.
public interface Leadership extends AutoCloseable {

    /// Starts to stand for election. `won` and `lost` are called from another thread, in turn.
    void campaign(Runnable won, Runnable lost);

    /// Gives the lease up, so that another replica need not wait for it to expire.
    @Override
    void close();
}
