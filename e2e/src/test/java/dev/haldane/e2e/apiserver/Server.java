package dev.haldane.e2e.apiserver;

import dev.haldane.e2e.RealCluster;
import dev.haldane.webhook.demo.apiserver.ApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The API servers that have to behave alike.
enum Server {
    EMBEDDED {
        @Override
        KubernetesClient connect() {
            Config config = new ConfigBuilder(Config.empty())
                    .withMasterUrl(Embedded.SERVER.uri().toString())
                    .withOauthToken("tester")
                    .build();
            return new KubernetesClientBuilder().withConfig(config).build();
        }
    },

    /// Skips the test where there is none.
    REAL {
        @Override
        KubernetesClient connect() {
            return new KubernetesClientBuilder()
                    .withConfig(RealCluster.shared().client().getConfiguration())
                    .build();
        }
    };

    abstract KubernetesClient connect();

    private static final class Embedded {
        static final ApiServer SERVER = start();

        private static ApiServer start() {
            try {
                ApiServer server = ApiServer.start(0);
                Runtime.getRuntime().addShutdownHook(new Thread(server::close));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
