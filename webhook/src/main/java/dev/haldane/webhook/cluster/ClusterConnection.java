package dev.haldane.webhook.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;

/// Opens clients that suit the loop: patient for a second, not for minutes, because the next tick tries again.
public final class ClusterConnection {

    // The API server takes the field manager of a plain write from the first part of the user agent.
    private static final String USER_AGENT = Cluster.MANAGER + "/1";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration REQUEST = Duration.ofSeconds(10);
    private static final int RETRIES = 3;

    private ClusterConnection() {}

    /// As a Pod or as the user's default context has it.
    public static KubernetesClient open() {
        return open(Config.autoConfigure(null));
    }

    public static KubernetesClient open(Path kubeconfig) {
        return open(Config.fromKubeconfig(kubeconfig.toFile()));
    }

    /// The same server and user, with our manners.
    public static KubernetesClient open(Config config) {
        var ours = new ConfigBuilder(config)
                .withUserAgent(USER_AGENT)
                // The JDK's client fails with "too many concurrent streams" where a pool of connections only grows.
                .withHttp2Disable(true)
                .withConnectionTimeout((int) CONNECT.toMillis())
                .withRequestTimeout((int) REQUEST.toMillis())
                .withRequestRetryBackoffLimit(RETRIES)
                .build();
        return new KubernetesClientBuilder().withConfig(ours).build();
    }
}
