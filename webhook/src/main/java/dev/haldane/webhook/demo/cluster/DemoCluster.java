package dev.haldane.webhook.demo.cluster;

import io.fabric8.kubernetes.client.Config;

/// An API server on which Deployments become pods that are ready.
public interface DemoCluster extends AutoCloseable {

    /// How to reach it.
    ///
    /// @param user who one is there; a server that knows its users takes the administrator for all of them
    Config config(String user);

    /// What it is, for people: `embedded API server`.
    String description();

    /// Whether all that is in it is gone after [#close].
    boolean goesWithTheDemo();

    @Override
    void close();
}
