package dev.haldane.webhook.demo;

import dev.haldane.postrender.config.UserError;
import dev.haldane.webhook.demo.cluster.AssetsCluster;
import dev.haldane.webhook.demo.cluster.DemoCluster;
import dev.haldane.webhook.demo.cluster.EmbeddedCluster;
import dev.haldane.webhook.demo.cluster.GivenCluster;
import dev.haldane.webhook.demo.console.Console;
import dev.haldane.webhook.demo.console.LiveConsole;
import dev.haldane.webhook.demo.console.Palette;
import dev.haldane.webhook.demo.console.PlainConsole;
import dev.haldane.webhook.demo.console.Tone;
import dev.haldane.webhook.demo.story.Fate;
import dev.haldane.webhook.demo.story.Pace;
import dev.haldane.webhook.demo.story.Story;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// `haldane demo`.
public final class DemoCommand {

    private static final int SCREENFUL = 1 << 14;

    private final Map<String, String> environment;
    private final long start = System.nanoTime();

    /// Before anything logs: the console belongs to the story. `HALDANE_LOG` brings the server's log back.
    public DemoCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        if (!environment.containsKey("HALDANE_LOG")) {
            System.setProperty("logback.configurationFile", "demo/logback.xml");
        }
    }

    /// @return the exit code: 0 if every step of the story was observed, else 1
    /// @throws UserError if an option makes no sense
    public int run(List<String> words) {
        var options = DemoOptions.parse(words);
        var curtain = new Curtain();
        Runtime.getRuntime().addShutdownHook(new Thread(curtain::close));
        try {
            return play(options, curtain);
        } catch (IOException | RuntimeException e) {
            if (curtain.fallen()) {
                sleepUntilTheEnd();
            }
            throw e instanceof RuntimeException ours
                    ? ours
                    : UserError.usage("the demo could not go on: " + e.getMessage(), "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            curtain.close();
        }
    }

    private int play(DemoOptions options, Curtain curtain) throws IOException, InterruptedException {
        var folder = curtain.behind(DemoFolder.create());
        var console = curtain.behind(console(options));
        console.line(Tone.QUIET, "starting API server, mesh, Prometheus, Git server and haldane serve");
        var pace = options.realTime() ? Pace.article() : Pace.quick();
        var cluster = curtain.behind(cluster(options, pace, folder.path()));
        var setting = new Story.Setting(folder.path(), pace, new Fate(options.failRate()), console, this::elapsed);
        var story = curtain.behind(Story.on(cluster, setting));
        var ending = story.play();
        console.close();
        new Summary(ending, "the " + cluster.description()).print(console);
        return ending.complete() ? 0 : 1;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Console console(DemoOptions options) {
        boolean terminal = environment.getOrDefault("HALDANE_TERMINALS", "").contains("out")
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean live = terminal && !options.plain();
        var palette = new Palette(
                switch (options.colors()) {
                    case "always" -> true;
                    case "never" -> false;
                    default ->
                        terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
                });
        Supplier<Duration> time = this::elapsed;
        var stdout = new FileOutputStream(FileDescriptor.out);
        return live
                ? new LiveConsole(
                        new PrintStream(new BufferedOutputStream(stdout, SCREENFUL), false, StandardCharsets.UTF_8),
                        palette,
                        time)
                : new PlainConsole(new PrintStream(stdout, true, StandardCharsets.UTF_8), palette, time);
    }

    private DemoCluster cluster(DemoOptions options, Pace pace, Path folder) throws IOException {
        if (!options.real()) {
            return EmbeddedCluster.start(0, pace.startUp());
        }
        if (options.kubeconfig().isPresent()) {
            return GivenCluster.of(options.kubeconfig().get(), pace.startUp());
        }
        var assets = environment.getOrDefault("KUBEBUILDER_ASSETS", "");
        if (assets.isEmpty()) {
            throw UserError.usage(
                    "--control-plane real: neither --kubeconfig nor $KUBEBUILDER_ASSETS says where it is",
                    "KUBEBUILDER_ASSETS=$(setup-envtest use -p path), or --kubeconfig FILE");
        }
        return AssetsCluster.start(Path.of(assets), folder, pace.startUp());
    }

    /// The process ends by itself as soon as everything is closed; until then nobody wants to hear what that broke.
    private static void sleepUntilTheEnd() {
        while (true) {
            LockSupport.park();
        }
    }
}
