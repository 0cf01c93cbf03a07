package dev.haldane.webhook.demo.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An HTTP/1.1 server on 127.0.0.1 that gives each request a virtual thread. Reachable from this machine only.
public final class LoopbackServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);
    private static final String ADDRESS = "127.0.0.1";

    private final Server server;
    private final ServerConnector connector;

    private LoopbackServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /// @param name in the names of threads
    /// @param port 0 for any that is free
    public static LoopbackServer start(String name, int port, Site site) throws IOException {
        var threads = new QueuedThreadPool(16, 2);
        threads.setName(name);
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor(name + "-"));
        var server = new Server(threads);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        var connector = new ServerConnector(server, null, null, null, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(ADDRESS);
        connector.setPort(port);
        connector.setIdleTimeout(0);
        server.addConnector(connector);
        server.setHandler(new SiteHandler(site));
        server.setStopTimeout(0);
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException(name + " cannot listen on " + ADDRESS + ":" + port + ": " + e.getMessage(), e);
        }
        return new LoopbackServer(server, connector);
    }

    /// A port that is free now, for a server that must be told its port before it starts.
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public int port() {
        return connector.getLocalPort();
    }

    /// `http://127.0.0.1:PORT`
    public URI uri() {
        return URI.create("http://" + ADDRESS + ":" + port());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.debug("stopping the server on port {}", port(), e);
        }
    }

    /// Brings Jetty's request and response to [Call] and [Answer].
    private static final class SiteHandler extends Handler.Abstract {
        private final Site site;

        SiteHandler(Site site) {
            this.site = site;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            try {
                send(site.answer(call(request)), response);
                callback.succeeded();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                callback.failed(e);
            } catch (IOException e) {
                LOG.debug("{} {}", request.getMethod(), request.getHttpURI(), e);
                callback.failed(e);
            } catch (RuntimeException e) {
                LOG.error("{} {}", request.getMethod(), request.getHttpURI(), e);
                Response.writeError(request, response, callback, 500, String.valueOf(e.getMessage()));
            }
            return true;
        }

        private static Call call(Request request) {
            Map<String, List<String>> query = new LinkedHashMap<>();
            Request.extractQueryParameters(request, UTF_8)
                    .forEach(field -> query.put(field.getName(), List.copyOf(field.getValues())));
            Map<String, String> headers = new LinkedHashMap<>();
            for (HttpField field : request.getHeaders()) {
                headers.merge(
                        field.getName().toLowerCase(Locale.ROOT),
                        String.valueOf(field.getValue()),
                        (a, b) -> a + ", " + b);
            }
            return new Call(
                    request.getMethod(),
                    Request.getPathInContext(request),
                    query,
                    headers,
                    Content.Source.asInputStream(request));
        }

        private static void send(Answer answer, Response response) throws IOException, InterruptedException {
            response.setStatus(answer.status());
            answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
            switch (answer) {
                case Answer.Whole whole ->
                    Content.Sink.write(response, true, whole.body().duplicate());
                case Answer.Streamed streamed -> {
                    try (OutputStream out = Content.Sink.asOutputStream(response)) {
                        streamed.body().writeTo(out);
                    }
                }
            }
        }
    }
}
