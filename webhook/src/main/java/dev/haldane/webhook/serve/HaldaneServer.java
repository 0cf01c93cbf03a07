package dev.haldane.webhook.serve;

import dev.haldane.certs.TrustBundle;
import dev.haldane.webhook.admission.kubernetes.Callers;
import dev.haldane.webhook.admission.kubernetes.KubernetesAdmission;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.cluster.ClusterConnection;
import dev.haldane.webhook.events.KubernetesEvents;
import dev.haldane.webhook.gitops.GitWriteBack;
import dev.haldane.webhook.http.HealthServer;
import dev.haldane.webhook.http.ReadinessCheck;
import dev.haldane.webhook.loop.CanaryLoop;
import dev.haldane.webhook.loop.CanaryMeters;
import dev.haldane.webhook.loop.Ports;
import dev.haldane.webhook.metrics.prometheus.PrometheusMetrics;
import dev.haldane.webhook.routing.istio.IstioRouter;
import dev.haldane.webhook.store.KubernetesCanaryStore;
import dev.haldane.webhook.store.LeaseLeadership;
import dev.haldane.webhook.workload.DeploymentWorkloads;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Webhook, rollout loop and Git write-back in one process. The loop and the reconciler run in the replica that leads,
/// reviews are answered by all.
///
/// What was opened last is closed first, also when the start fails half way.
public final class HaldaneServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HaldaneServer.class);
    private static final int SERVICE_PORT = 443;

    /// Our Service, where `--webhook-url` gives no address.
    private static final String SERVICE = "haldane-webhook";

    private final Config config;
    private final Settings settings;
    private final Duration drain;
    private final InstantSource clock = InstantSource.system();
    private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();
    private volatile boolean closing;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CanaryMeters canaryMeters = new CanaryMeters(version());

    private @Nullable HealthServer health;
    private volatile @Nullable KubernetesAdmission admission;

    /// @param config how to reach the API server
    /// @param drain  how long reviews are still answered after [#close] was called
    public HaldaneServer(Config config, Settings settings, Duration drain) {
        this.config = config;
        this.settings = settings;
        this.drain = drain;
    }

    /// Returns when reviews are answered and the server stands for election.
    ///
    /// @throws dev.haldane.webhook.canary.ClusterUnavailable if the API server cannot be reached, or lacks the CRDs
    public void start() {
        try {
            startAll();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startAll() {
        startHealth();
        var client = opened(ClusterConnection.open(config));
        var cluster = opened(new Cluster(client, List.of()));
        var store = new KubernetesCanaryStore(cluster);
        var ports = new Ports(
                store,
                new DeploymentWorkloads(cluster, clock),
                new IstioRouter(cluster),
                new PrometheusMetrics(settings.metricsServer()),
                new GitWriteBack(settings.defaults().git(), new GitLogins(client)::login),
                opened(new KubernetesEvents(cluster, clock)));
        var reviews = startAdmission(client, cluster);
        var loop = opened(new CanaryLoop(ports, canaryMeters, clock));
        var identity = host() + "_" + UUID.randomUUID();
        var leadership =
                opened(new LeaseLeadership(cluster, settings.namespace(), identity, LeaseLeadership.Timing.USUAL));
        leadership.campaign(
                () -> {
                    store.startOver();
                    loop.start();
                    reviews.reconciler().start();
                },
                () -> {
                    reviews.reconciler().close();
                    loop.stop();
                });
        LOG.info("haldane {} serves {}", version(), config.getMasterUrl());
    }

    private void startHealth() {
        var started = new HealthServer(
                settings.httpListen(),
                List.of(ReadinessCheck.of("server", this::problem)),
                () -> registry.scrape() + canaryMeters.scrape());
        started.start();
        health = opened(started);
    }

    private KubernetesAdmission startAdmission(KubernetesClient client, Cluster cluster) {
        var callers = settings.webhookUrl()
                .<Callers>map(Callers.ByUrl::new)
                .orElseGet(() -> new Callers.ByService(settings.namespace(), SERVICE, SERVICE_PORT));
        var options = new KubernetesAdmission.Options(
                settings.listen(), callers, settings.namespace(), settings.defaults(), drain);
        var started = opened(new KubernetesAdmission(client, cluster, options, registry));
        started.start();
        admission = started;
        return started;
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        if (closing) {
            throw new IllegalStateException("told to end while it starts");
        }
        return part;
    }

    private Optional<String> problem() {
        var running = admission;
        return running == null ? Optional.of("it starts") : running.server().problem();
    }

    /// Whether `/readyz` says yes.
    public boolean ready() {
        return problem().isEmpty();
    }

    /// The port of health and metrics in fact. Only after [#start].
    public int httpPort() {
        var running = health;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running.port();
    }

    /// The port of reviews in fact. Only after [#start].
    public int reviewPort() {
        return started().server().port();
    }

    /// What callers of reviews should trust. Only after [#start].
    public TrustBundle trust() {
        return started().server().trust();
    }

    private KubernetesAdmission started() {
        var running = admission;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }

    /// Gives the lease up, ends the ticks, answers the reviews that are under way, closes everything. May be repeated.
    @Override
    public void close() {
        closing = true;
        for (var part = open.poll(); part != null; part = open.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not close: {}", part.getClass().getSimpleName(), e.getMessage());
            }
        }
    }

    private static String host() {
        return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("haldane");
    }

    private static String version() {
        return Optional.ofNullable(HaldaneServer.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
