package dev.haldane.webhook.metrics.prometheus;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Prometheus itself, as a child process on loopback that scrapes one port every 250 ms.
record RealPrometheus(Process process, URI address) implements AutoCloseable {

    /// From `HALDANE_TOOLS` or `PATH`; without it the test is skipped and says so.
    static Path binaryOrSkip() {
        var found = found();
        assumeTrue(found.isPresent(), "SKIPPED: no prometheus in HALDANE_TOOLS or PATH (apt-get install prometheus)");
        return found.orElseThrow();
    }

    private static Optional<Path> found() {
        return Stream.of("HALDANE_TOOLS", "PATH")
                .map(System::getenv)
                .filter(variable -> variable != null)
                .flatMap(variable -> Stream.of(variable.split(File.pathSeparator)))
                .map(folder -> Path.of(folder, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static RealPrometheus start(Path binary, Path dir, int scraped) throws IOException {
        var config = Files.writeString(dir.resolve("prometheus.yml"), """
                global: {scrape_interval: 250ms}
                scrape_configs:
                - {job_name: test, static_configs: [{targets: ["127.0.0.1:%d"]}]}
                """.formatted(scraped));
        int port = freePort();
        var process = new ProcessBuilder(
                        binary.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + dir.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("prometheus.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new RealPrometheus(process, URI.create("http://127.0.0.1:" + port));
    }

    boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
