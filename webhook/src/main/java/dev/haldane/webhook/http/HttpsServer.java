package dev.haldane.webhook.http;

import dev.haldane.certs.Identity;
import dev.haldane.webhook.http.Endpoint.Answer;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers POSTs over TLS. The certificate can be replaced while it runs: open connections go on with the old one, new
/// ones get the new one, none is dropped.
public final class HttpsServer implements AutoCloseable {

    /// An object has at most 3 MiB on its way into the API server, and a review holds it twice.
    public static final int LARGEST_BODY = 8 * 1024 * 1024;

    /// Longer than a Go client keeps an idle connection (90 s): the client closes first, so none of its requests meets
    /// a connection that we are just closing.
    private static final Duration IDLE = Duration.ofMinutes(2);

    /// The API server waits three seconds for the whole review; a body that takes longer than this helps nobody.
    private static final Duration SLOWEST_BODY = Duration.ofSeconds(10);

    private static final int CHUNK = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(HttpsServer.class);

    private final SslContextFactory.Server tls = new SslContextFactory.Server();
    private final Javalin app;
    private @Nullable ServerConnector connector;
    private volatile boolean draining;

    /// @param endpoints by path; everything else is 404
    public HttpsServer(Listen listen, Map<String, Endpoint> endpoints, Identity identity) {
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        // The API server calls by a Service's name or by an address; which certificate fits is the client's to check.
        tls.setSniRequired(false);
        use(tls, identity);
        app = Javalin.create(config -> configure(config, listen, endpoints));
    }

    public void start() {
        app.start();
        LOG.info("reviews on https port {}", port());
    }

    /// The port in fact, also where 0 was asked for. Only after [#start].
    public int port() {
        return Objects.requireNonNull(connector, "not started").getLocalPort();
    }

    /// Serves new connections with this from now on.
    public void reload(Identity identity) {
        try {
            tls.reload(factory -> use((SslContextFactory.Server) factory, identity));
        } catch (Exception e) {
            throw new IllegalStateException("Jetty refuses the certificate", e);
        }
    }

    /// Asks clients to open no further request on their connections, by `Connection: close` on each answer. For the
    /// seconds between "not ready" and [#close].
    public void drain() {
        draining = true;
    }

    /// Ends after the reviews that have begun.
    @Override
    public void close() {
        app.stop();
    }

    private void configure(JavalinConfig config, Listen listen, Map<String, Endpoint> endpoints) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.maxRequestSize = LARGEST_BODY;
        config.http.defaultContentType = "text/plain; charset=utf-8";
        config.jetty.modifyServer(server -> {
            server.setHandler(new GracefulHandler());
            server.setStopTimeout(Duration.ofSeconds(5).toMillis());
        });
        config.jetty.addConnector((server, http) -> connect(server, http, listen));
        endpoints.forEach((path, endpoint) -> config.routes.post(path, context -> answer(context, endpoint)));
        config.routes.exception(Exception.class, HttpsServer::failed);
    }

    private Connector connect(Server server, HttpConfiguration http, Listen listen) {
        http.setSendServerVersion(false);
        var customizer = new SecureRequestCustomizer();
        customizer.setSniHostCheck(false);
        http.addCustomizer(customizer);
        var plain = new HttpConnectionFactory(http);
        var added = new ServerConnector(server, new SslConnectionFactory(tls, plain.getProtocol()), plain);
        added.setHost(listen.host());
        added.setPort(listen.port());
        added.setIdleTimeout(IDLE.toMillis());
        connector = added;
        return added;
    }

    private void answer(Context context, Endpoint endpoint) throws IOException {
        if (draining) {
            context.header("Connection", "close");
        }
        var answer = answer(endpoint, context);
        context.status(answer.status()).contentType(answer.contentType()).result(answer.body());
    }

    private static Answer answer(Endpoint endpoint, Context context) throws IOException {
        var type = context.contentType();
        if (type == null || !type.startsWith("application/json")) {
            return Answer.plain(415, "the body must be application/json");
        }
        var body = new ByteArrayOutputStream(Math.clamp(context.contentLength(), 0, LARGEST_BODY));
        var deadline = System.nanoTime() + SLOWEST_BODY.toNanos();
        try (var stream = context.bodyInputStream()) {
            var chunk = new byte[CHUNK];
            for (var read = stream.read(chunk); read >= 0; read = stream.read(chunk)) {
                body.write(chunk, 0, read);
                if (body.size() > LARGEST_BODY) {
                    return Answer.plain(413, "the body has more than " + LARGEST_BODY + " bytes");
                }
                if (System.nanoTime() > deadline) {
                    return Answer.plain(408, "the body took longer than " + SLOWEST_BODY.toSeconds() + " s");
                }
            }
        }
        return endpoint.answer(body.toByteArray());
    }

    /// The one place where a failure of ours is caught: a number for the log, no trace for the caller.
    private static void failed(Exception e, Context context) {
        var number = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        LOG.error("request {} to {} failed", number, context.path(), e);
        context.status(500).result("internal error " + number + ", see the server's log\n");
    }

    private static void use(SslContextFactory.Server factory, Identity identity) {
        // Never leaves the process: the key store lives in memory only.
        factory.setKeyStore(identity.keyStore("unused"));
        factory.setKeyStorePassword("unused");
    }
}
