package dev.haldane.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/// What runs inside the pods: one HTTP server for each version of the application, in this JVM. Answers tell their
/// version.
public final class Backends implements AutoCloseable {

    /// The answer's header, in lower case as Envoy writes it.
    static final String VERSION = "x-version";

    private final Map<String, HttpServer> servers = new ConcurrentHashMap<>();
    private final Map<String, Double> failing = new ConcurrentHashMap<>();

    /// From now on this share of a version's answers (0 to 1) is 500.
    public void fail(String version, double share) {
        failing.put(version, share);
    }

    public boolean isMeantToFail(String version) {
        return failing.getOrDefault(version, 0.0) > 0;
    }

    /// The port on 127.0.0.1 where a version answers.
    int port(String version) {
        return servers.computeIfAbsent(version, this::start).getAddress().getPort();
    }

    private HttpServer start(String version) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> answer(exchange, version));
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange, String version) throws IOException {
        boolean fails = ThreadLocalRandom.current().nextDouble() < failing.getOrDefault(version, 0.0);
        var body = ("croc-hunter " + version + "\n").getBytes(UTF_8);
        exchange.getResponseHeaders().set(VERSION, version);
        exchange.sendResponseHeaders(fails ? 500 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        servers.values().forEach(server -> server.stop(0));
    }
}
