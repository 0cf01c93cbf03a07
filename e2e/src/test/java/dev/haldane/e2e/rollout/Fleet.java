package dev.haldane.e2e.rollout;

import static org.awaitility.Awaitility.await;

import dev.haldane.e2e.Folders;
import dev.haldane.e2e.Visitors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// One release for each tool, all with visitors all the time, and one server that keeps them.
final class Fleet implements AutoCloseable {

    /// A release, and who deploys it.
    record Ship(Tool tool, Croc croc) {}

    private final Stage stage = Stage.shared();
    private final Path folder;
    private final Helm helm4;
    private final ServerProcess server;
    private final List<Ship> ships = new ArrayList<>();
    private final Map<Ship, Visitors> visitors = new HashMap<>();
    private Version version = Version.of("1.0.0");
    private boolean inTheMiddle;
    private boolean up = true;

    Fleet() {
        try {
            this.folder = Files.createTempDirectory("haldane-fleet");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.helm4 = Helm.four(stage.cluster(), folder);
        this.server = ServerProcess.start(stage, folder, "");
        for (var tool : Tool.all(Helm.three(stage.cluster(), folder), helm4)) {
            var croc = Croc.in(stage, folder, "law");
            ships.add(new Ship(tool, croc));
        }
        each(ship -> ship.tool().apply().apply(ship.croc(), version).orThrow());
        ships.forEach(ship -> ship.croc().awaitPhase("Initialized"));
        ships.forEach(ship -> ship.croc().awaitServed(version.number()));
        ships.forEach(ship -> visitors.put(ship, ship.croc().visitors(Duration.ofMillis(15))));
    }

    /// Who calls this release, from its first answer on.
    Visitors visitors(Ship ship) {
        return Objects.requireNonNull(visitors.get(ship));
    }

    List<Ship> ships() {
        return List.copyOf(ships);
    }

    Version version() {
        return version;
    }

    String log() {
        return server.log();
    }

    /// No rollout goes on.
    void rest() {
        if (inTheMiddle) {
            stage.mesh().startPrometheus();
            start();
            ships.forEach(ship -> ship.croc().awaitPhase("Succeeded"));
            ships.forEach(ship -> ship.croc().awaitThat("target stopped", ship.croc()::isTargetStopped));
            inTheMiddle = false;
        }
    }

    /// All are in the middle of a rollout and stay there, as the metrics cannot be asked.
    void holdInTheMiddle() {
        if (inTheMiddle) {
            return;
        }
        start();
        version = Version.of("1.1.0");
        ships.forEach(ship -> ship.croc().chronicle().forget());
        each(ship -> ship.tool().apply().apply(ship.croc(), version).orThrow());
        ships.forEach(ship -> ship.croc()
                .awaitThat(
                        "second step", () -> ship.croc().chronicle().weights().getLast() >= 20));
        stage.mesh().stopPrometheus();
        ships.forEach(ship -> ship.croc()
                .awaitThat(
                        "hold",
                        () -> ship.croc().chronicle().events().stream()
                                .anyMatch(event -> event.startsWith("Prometheus query failed"))));
        inTheMiddle = true;
    }

    void start() {
        if (!up) {
            server.killAndReplace();
            up = true;
        }
    }

    void kill() {
        server.kill();
        up = false;
    }

    /// What serves traffic stays as it was, for longer than an interval.
    static void awaitUnchanged(Croc croc, String before) {
        await("unchanged in " + croc.namespace())
                .during(Croc.INTERVAL.plusMillis(200))
                .atMost(Croc.INTERVAL.multipliedBy(4))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> croc.serving().equals(before));
    }

    /// At the same time, in the ships' order.
    <T> List<T> each(Function<Ship, T> work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = ships.stream()
                    .<Callable<T>>map(ship -> () -> work.apply(ship))
                    .toList();
            var results = new ArrayList<T>();
            for (var future : threads.invokeAll(all)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        if (inTheMiddle) {
            stage.mesh().startPrometheus();
        }
        visitors.values().forEach(Visitors::close);
        ships.forEach(ship -> ship.croc().close());
        server.close();
        helm4.close();
        Folders.delete(folder);
    }
}
