package dev.haldane.webhook.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/// Answers over plain HTTP what a kubelet and Prometheus ask: `/healthz` (the process lives), `/readyz` (200, or 503
/// with each reason on a line), `/metrics`.
public final class HealthServer implements AutoCloseable {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final List<ReadinessCheck> checks;
    private final Supplier<String> metrics;
    private final Javalin app;
    private @Nullable ServerConnector connector;

    public HealthServer(Listen listen, List<ReadinessCheck> checks, PrometheusMeterRegistry meters) {
        this(listen, checks, () -> meters.scrape(PROMETHEUS_TEXT));
    }

    /// @param metrics the page for Prometheus, in its text format 0.0.4
    public HealthServer(Listen listen, List<ReadinessCheck> checks, Supplier<String> metrics) {
        this.checks = List.copyOf(checks);
        this.metrics = metrics;
        app = Javalin.create(config -> configure(config, listen));
    }

    public void start() {
        app.start();
    }

    /// The port in fact, also where 0 was asked for. Only after [#start].
    public int port() {
        return Objects.requireNonNull(connector, "not started").getLocalPort();
    }

    @Override
    public void close() {
        app.stop();
    }

    private void configure(JavalinConfig config, Listen listen) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.jetty.addConnector((server, http) -> {
            http.setSendServerVersion(false);
            var added = new ServerConnector(server, new HttpConnectionFactory(http));
            added.setHost(listen.host());
            added.setPort(listen.port());
            connector = added;
            return added;
        });
        config.routes.get("/healthz", context -> context.result("ok\n"));
        config.routes.get("/readyz", this::ready);
        config.routes.get(
                "/metrics", context -> context.contentType(PROMETHEUS_TEXT).result(metrics.get()));
    }

    private void ready(Context context) {
        var problems = new ArrayList<String>();
        for (var check : checks) {
            check.problem().ifPresent(problem -> problems.add(check.name() + ": " + problem));
        }
        context.status(problems.isEmpty() ? 200 : 503)
                .result(problems.isEmpty() ? "ok\n" : "not ready\n" + String.join("\n", problems) + "\n");
    }
}
