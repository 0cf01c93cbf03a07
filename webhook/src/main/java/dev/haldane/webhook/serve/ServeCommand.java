package dev.haldane.webhook.serve;

import io.fabric8.kubernetes.client.Config;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `haldane serve`: runs until it is told to end.
public final class ServeCommand {

    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    /// Longer than an API server needs to see in the Service's endpoints that we are not ready any more.
    private static final Duration DRAIN_IN_CLUSTER = Duration.ofSeconds(3);

    private static final Duration DRAIN_OUTSIDE = Duration.ofMillis(200);

    private final Map<String, String> environment;

    public ServeCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /// @return the exit code
    public int run(List<String> words) {
        var settings = Settings.parse(words, environment);
        var config = settings.kubeconfig()
                .map(file -> Config.fromKubeconfig(file.toFile()))
                .orElseGet(() -> Config.autoConfigure(null));
        var inCluster = environment.containsKey("KUBERNETES_SERVICE_HOST");
        var server = new HaldaneServer(config, settings, inCluster ? DRAIN_IN_CLUSTER : DRAIN_OUTSIDE);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            LOG.info("told to end");
            server.close();
            LOG.info("ended");
            ended.countDown();
        }));
        server.start();
        return await(ended);
    }

    private static int await(CountDownLatch ended) {
        try {
            ended.await();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
