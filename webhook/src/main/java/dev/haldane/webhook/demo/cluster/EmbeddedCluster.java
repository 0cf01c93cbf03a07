package dev.haldane.webhook.demo.cluster;

import dev.haldane.webhook.demo.apiserver.ApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.time.Duration;

/// The embedded API server with its controllers.
public final class EmbeddedCluster implements DemoCluster {

    private final ApiServer server;
    private final Controllers controllers;

    private EmbeddedCluster(ApiServer server, Duration startUp) {
        this.server = server;
        controllers = Controllers.start(config(Controllers.USER), startUp);
    }

    /// @param port    of the API server, 0 for any that is free
    /// @param startUp how long a pod takes to become ready
    public static EmbeddedCluster start(int port, Duration startUp) throws IOException {
        return new EmbeddedCluster(ApiServer.start(port), startUp);
    }

    /// The server believes any name.
    @Override
    public Config config(String user) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(server.uri().toString())
                .withOauthToken(user)
                .build();
    }

    @Override
    public String description() {
        return "embedded API server";
    }

    @Override
    public boolean goesWithTheDemo() {
        return true;
    }

    public ApiServer.Reviews reviews() {
        return server.reviews();
    }

    @Override
    public void close() {
        controllers.close();
        server.close();
    }
}
