package dev.haldane.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A program that runs beside the tests until it is stopped, or until this JVM ends. It can be started again as it
/// was.
public final class Daemon implements AutoCloseable {

    private final String name;
    private final Path folder;
    private final List<String> command;
    private final Map<String, String> environment;
    private @Nullable Process process;

    /// @param folder where it runs and keeps its log, `<name>.log`
    public Daemon(String name, Path folder, List<String> command, Map<String, String> environment) {
        this.name = name;
        this.folder = folder;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
    }

    public synchronized Daemon start() {
        try {
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            builder.environment().putAll(environment);
            var started = builder.start();
            started.getOutputStream().close();
            Guard.watch(started);
            started.onExit().thenAccept(Guard::forget).exceptionally(_ -> null);
            process = started;
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /// Waits until it does what it was started for.
    ///
    /// @throws IllegalStateException if it ends before, or the time is over; with the end of its log
    public Daemon awaitReady(Duration time, Callable<Boolean> ready) {
        try {
            await().atMost(time)
                    .pollInterval(Duration.ofMillis(100))
                    .pollDelay(Duration.ZERO)
                    .ignoreExceptions()
                    .until(() -> !isRunning() || ready.call());
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new IllegalStateException(name + " was not ready within " + time + ": " + endOfLog(), e);
        }
        if (!isRunning()) {
            throw new IllegalStateException(name + " has ended: " + endOfLog());
        }
        return this;
    }

    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /// As `kill -9` does.
    public void kill() {
        end(true);
    }

    /// As `kill` does; after five seconds as `kill -9`.
    public void stop() {
        end(false);
    }

    private synchronized void end(boolean atOnce) {
        var running = process;
        if (running == null) {
            return;
        }
        try {
            if (!atOnce) {
                running.destroy();
                atOnce = !running.waitFor(Duration.ofSeconds(5));
            }
            if (atOnce) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running.destroyForcibly();
        }
    }

    public Path log() {
        return folder.resolve(name + ".log");
    }

    public String endOfLog() {
        try {
            var lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    @Override
    public void close() {
        stop();
    }
}
