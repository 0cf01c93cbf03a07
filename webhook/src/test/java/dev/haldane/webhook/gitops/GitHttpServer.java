package dev.haldane.webhook.gitops;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// Git's own smart HTTP server: `git http-backend` behind a small web server that speaks CGI, on loopback.
public final class GitHttpServer implements AutoCloseable {

    private final HttpServer server;
    private final Path root;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Consumer<String> before = _ -> {};

    private GitHttpServer(HttpServer server, Path root) {
        this.server = server;
        this.root = root;
    }

    /// Serves the bare repositories in `root` to whoever knows the password.
    public static GitHttpServer start(Path root, String username, String password) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var git = new GitHttpServer(server, root);
        server.createContext("/", git::handle).setAuthenticator(new BasicAuthenticator("git") {
            @Override
            public boolean checkCredentials(String user, String secret) {
                return user.equals(username) && secret.equals(password);
            }
        });
        server.start();
        return git;
    }

    public String address(String repository) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + repository;
    }

    /// `POST /env.git/git-receive-pack` and so on, in order.
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /// Called with each request before Git sees it.
    public void beforeEach(Consumer<String> action) {
        before = action;
    }

    private void handle(HttpExchange exchange) throws IOException {
        var request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        before.accept(request);
        requests.add(request);
        var process = backend(exchange).start();
        var feeder = Thread.startVirtualThread(() -> feed(exchange, process));
        try (var out = process.getInputStream()) {
            answer(exchange, out);
        } finally {
            feeder.interrupt();
            process.destroy();
            exchange.close();
        }
    }

    private ProcessBuilder backend(HttpExchange exchange) {
        var builder = new ProcessBuilder("git", "http-backend").redirectError(ProcessBuilder.Redirect.DISCARD);
        var environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", root.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        environment.put("REMOTE_USER", exchange.getPrincipal().getUsername());
        put(builder, "QUERY_STRING", exchange.getRequestURI().getRawQuery());
        put(builder, "CONTENT_TYPE", exchange.getRequestHeaders().getFirst("Content-Type"));
        put(builder, "CONTENT_LENGTH", exchange.getRequestHeaders().getFirst("Content-Length"));
        put(builder, "HTTP_CONTENT_ENCODING", exchange.getRequestHeaders().getFirst("Content-Encoding"));
        put(builder, "GIT_PROTOCOL", exchange.getRequestHeaders().getFirst("Git-Protocol"));
        return builder;
    }

    private static void put(ProcessBuilder builder, String name, @org.jspecify.annotations.Nullable String value) {
        builder.environment().put(name, value == null ? "" : value);
    }

    private static void feed(HttpExchange exchange, Process process) {
        try (var in = process.getOutputStream()) {
            exchange.getRequestBody().transferTo(in);
        } catch (IOException _) {
            // Git has read enough, or has ended: its answer says why.
        }
    }

    private static void answer(HttpExchange exchange, InputStream out) throws IOException {
        int status = 200;
        for (var line = line(out); !line.isEmpty(); line = line(out)) {
            var colon = line.indexOf(':');
            var name = line.substring(0, colon);
            var value = line.substring(colon + 1).strip();
            if (name.equals("Status")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else {
                exchange.getResponseHeaders().set(name, value);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        out.transferTo(exchange.getResponseBody());
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
