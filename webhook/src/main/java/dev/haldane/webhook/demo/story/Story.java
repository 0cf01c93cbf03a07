package dev.haldane.webhook.demo.story;

import dev.haldane.postrender.rule.Report;
import dev.haldane.webhook.demo.cluster.DemoCluster;
import dev.haldane.webhook.demo.console.Console;
import dev.haldane.webhook.demo.console.Glance;
import dev.haldane.webhook.demo.console.Tone;
import dev.haldane.webhook.demo.mesh.Behaviour;
import dev.haldane.webhook.demo.mesh.Visitors;
import io.fabric8.kubernetes.api.model.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The three chapters. Each asks the pipeline for a version and watches what comes of it.
public final class Story implements AutoCloseable {

    private static final String FIRST = "1.0.0";
    private static final String GOOD = "1.1.0";
    private static final String NEXT = "1.2.0";
    private static final List<Integer> STEPS = List.of(10, 20, 30, 40, 50, 0);
    private static final Glance.Limits LIMITS = new Glance.Limits(99, 500, 50);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Pace pace;
    private final Fate fate;
    private final Console console;
    private final Supplier<Duration> elapsed;
    private final Stage stage;
    private final Pipeline pipeline;
    private final Gauges gauges;
    private final EventFeed events;
    private final List<Check> checks = new ArrayList<>();
    private Optional<Visitors> visitors = Optional.empty();
    private Milestones milestones = new Milestones();
    private String promoted = "";

    /// @param folder  for files, made and deleted by the caller
    /// @param elapsed since the demo began
    public record Setting(Path folder, Pace pace, Fate fate, Console console, Supplier<Duration> elapsed) {}

    private Story(DemoCluster cluster, Setting setting) throws IOException {
        pace = setting.pace();
        fate = setting.fate();
        console = setting.console();
        elapsed = setting.elapsed();
        stage = Stage.open(cluster, setting.folder(), pace, this::behaviour);
        pipeline = new Pipeline(stage.repository, stage.chart, stage.settings().defaults(), stage.client);
        gauges = new Gauges(stage.client, stage.mesh, stage.prometheus.uri(), stage.repository, pace.window());
        events = new EventFeed(stage.client, this::tell);
    }

    /// Starts all that it is played on.
    public static Story on(DemoCluster cluster, Setting setting) throws IOException {
        return new Story(cluster, setting);
    }

    private Behaviour behaviour(String version) {
        return version.equals(NEXT) ? Behaviour.failing(fate.failRate()) : Behaviour.healthy();
    }

    /// Plays it.
    ///
    /// @throws InterruptedException if somebody has had enough
    public Ending play() throws IOException, InterruptedException {
        install();
        promote(GOOD, "2/3  A good version: " + GOOD);
        boolean rolledBack = fate.expectsRollback().isPresent()
                ? judged(fate.expectsRollback().get())
                : judgedEitherWay();
        var counts = visitors.map(Visitors::counts).orElse(Map.of());
        return new Ending(
                checks,
                counts,
                rolledBack ? milestones.trafficBack() : Optional.empty(),
                rolledBack ? milestones.gitBack() : Optional.empty(),
                elapsed.get());
    }

    private void install() throws IOException, InterruptedException {
        console.chapter("1/3  The chart is installed: " + FIRST);
        release(FIRST);
        var installed = await(facts -> facts.is("Initialized"));
        check("the rules gave the chart a Canary, and it is initialized", installed.is("Initialized"));
        check("the primary runs " + FIRST + " and is ready", installed.primary().serves(FIRST));
        visitors = Optional.of(Visitors.start(stage.mesh.uri(), Place.HOST, pace.perSecond()));
        await(_ -> answeredBy(FIRST) >= pace.perSecond());
        check("it answers requests, and none has failed", answeredBy(FIRST) > 0 && failedElsewhere("") == 0);
    }

    private void promote(String version, String title) throws IOException, InterruptedException {
        console.chapter(title);
        release(version);
        await(facts -> facts.is("Progressing"));
        var ended = await(Facts::ended);
        ended = ended.is("Succeeded") ? await(facts -> facts.restsOn(version)) : ended;
        check(
                "the gateway sent 10, 20, 30, 40 and 50 % to it",
                milestones.weights().equals(STEPS));
        check(version + " is promoted: the primary runs it, alone", ended.is("Succeeded") && ended.restsOn(version));
        check("not one request failed", failedElsewhere("") == 0);
    }

    private boolean judged(boolean bad) throws IOException, InterruptedException {
        if (bad) {
            fail();
        } else {
            promote(NEXT, "3/3  Another good version: " + NEXT);
        }
        return bad;
    }

    private void fail() throws IOException, InterruptedException {
        console.chapter("3/3  A version that fails for " + fate.percent() + " of its requests: " + NEXT);
        release(NEXT);
        await(facts -> facts.is("Progressing"));
        rolledBack(await(Facts::ended));
    }

    private boolean judgedEitherWay() throws IOException, InterruptedException {
        console.chapter(
                "3/3  A version that fails for " + fate.percent() + " of its requests, near the limit: " + NEXT);
        release(NEXT);
        await(facts -> facts.is("Progressing"));
        var ended = await(Facts::ended);
        if (ended.is("Failed")) {
            rolledBack(ended);
            return true;
        }
        ended = await(facts -> facts.restsOn(NEXT));
        check(NEXT + " is promoted: the primary runs it, alone", ended.is("Succeeded") && ended.restsOn(NEXT));
        return false;
    }

    private void rolledBack(Facts ended) throws IOException, InterruptedException {
        check(NEXT + " is rolled back", ended.is("Failed"));
        var back = await(facts -> facts.restsOn(GOOD));
        check("in traffic and cluster: the primary serves " + GOOD + ", alone", back.restsOn(GOOD));
        var right = await(facts -> facts.git().equals(GOOD));
        check(
                "in Git: the environment repository wants " + GOOD + " again",
                right.git().equals(GOOD));
        var commit = stage.repository.history().getFirst();
        console.line(Tone.GOOD, "commit " + commit.id() + "  " + commit.title());
        check(
                "status, event and commit say the same sentence",
                !right.verdict().isEmpty()
                        && commit.title().equals(right.verdict())
                        && events.said("RolledBack", right.verdict()));
        check("no request failed but those that " + NEXT + " itself failed", failedElsewhere(NEXT) == 0);
        applyAgain();
    }

    /// The pipeline of the environment runs for the commit, and must change nothing that serves.
    private void applyAgain() throws IOException, InterruptedException {
        console.line(Tone.QUIET, "the environment's pipeline applies what Git wants once more");
        pipeline.deploy();
        var until = elapsed.get().plus(pace.interval().multipliedBy(2));
        boolean calm = true;
        while (elapsed.get().compareTo(until) < 0) {
            calm &= look().restsOn(GOOD);
            Thread.sleep(LOOK);
        }
        check("applying it again changes nothing that serves requests", calm && failedElsewhere(NEXT) == 0);
    }

    private void release(String version) throws IOException {
        milestones = new Milestones();
        promoted = version;
        var commit = pipeline.promote(version);
        console.line(Tone.PLAIN, "commit " + commit.id() + "  " + commit.title());
        var report = pipeline.deploy();
        if (version.equals(FIRST)) {
            report.text().lines().forEach(line -> console.line(Tone.QUIET, line));
        }
        console.line(Tone.PLAIN, "applied after post-rendering: " + Report.summary(List.of(report)));
    }

    /// Looks again and again, until it is so or patience has ended.
    private Facts await(Predicate<Facts> condition) throws IOException, InterruptedException {
        var deadline = elapsed.get().plus(pace.patience());
        var facts = look();
        while (!condition.test(facts) && elapsed.get().compareTo(deadline) < 0) {
            Thread.sleep(LOOK);
            facts = look();
        }
        return facts;
    }

    private Facts look() throws IOException {
        var facts = gauges.read();
        milestones.note(
                elapsed.get(), facts, answeredBy(promoted) > 0, !facts.git().equals(promoted));
        console.show(new Glance(
                Place.APPLICATION + " in " + Place.NAMESPACE,
                elapsed.get(),
                facts.phase(),
                facts.weight().orElse(0),
                gauges.side(Place.PRIMARY, facts.primary(), visitors),
                gauges.side(Place.TARGET, facts.target(), visitors),
                LIMITS,
                facts.git().isEmpty() ? "" : "env/requirements.yaml wants " + Place.APPLICATION + " " + facts.git()));
        return facts;
    }

    private long answeredBy(String version) {
        return visitors.map(v -> v.counts().get(version))
                .map(Visitors.Count::requests)
                .orElse(0L);
    }

    /// Requests that failed, but for those that this version answered.
    private long failedElsewhere(String version) {
        return visitors.map(Visitors::counts).orElse(Map.of()).entrySet().stream()
                .filter(entry -> !entry.getKey().equals(version) || version.isEmpty())
                .mapToLong(entry -> entry.getValue().failed())
                .sum();
    }

    private void check(String sentence, boolean seen) {
        checks.add(new Check(sentence, seen));
        console.line(seen ? Tone.GOOD : Tone.BAD, (seen ? "✓ " : "✗ ") + sentence);
    }

    private void tell(Event event) {
        var warning = event.getType().equals("Warning");
        var again = event.getCount() != null && event.getCount() > 1 ? "  (x" + event.getCount() + ")" : "";
        console.line(
                warning ? Tone.WARNING : Tone.PLAIN,
                "%-8s%-11s%s%s".formatted(event.getType(), event.getReason(), event.getMessage(), again));
    }

    @Override
    public void close() {
        visitors.ifPresent(Visitors::close);
        events.close();
        stage.close();
    }
}
