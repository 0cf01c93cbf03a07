package dev.haldane.webhook.demo;

import dev.haldane.webhook.demo.console.Console;
import dev.haldane.webhook.demo.console.Tone;
import dev.haldane.webhook.demo.mesh.Visitors.Count;
import dev.haldane.webhook.demo.story.Check;
import dev.haldane.webhook.demo.story.Ending;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// The last lines: how many steps of the story were observed, the requests of each version, and how long it took.
record Summary(Ending ending, String where) {

    void print(Console console) {
        console.chapter("The end");
        long total = sum(Count::requests);
        console.line(Tone.PLAIN, "requests   %6d sent, %d failed".formatted(total, sum(Count::failed)));
        new TreeMap<>(ending.requests())
                .forEach((version, count) -> console.line(
                        Tone.PLAIN,
                        "%-10s %6d answered, %d failed%s"
                                .formatted(
                                        version.isEmpty() ? "nobody" : version,
                                        count.requests(),
                                        count.failed(),
                                        share(count))));
        ending.trafficBack()
                .ifPresent(time -> console.line(
                        Tone.PLAIN,
                        "rollback   " + seconds(time) + " from its first request until none went to it, Git right "
                                + ending.gitBack().map(Summary::seconds).orElse("never") + " later"));
        console.line(Tone.PLAIN, "the whole  " + seconds(ending.took()) + " on " + where);
        long seen = ending.checks().stream().filter(Check::seen).count();
        ending.checks().stream()
                .filter(check -> !check.seen())
                .forEach(check -> console.line(Tone.BAD, "not observed: " + check.sentence()));
        console.line(
                ending.complete() ? Tone.GOOD : Tone.BAD,
                seen + " of " + ending.checks().size() + " steps of the story were observed");
    }

    private long sum(ToLongFunction<Count> of) {
        return ending.requests().values().stream().mapToLong(of).sum();
    }

    private static String share(Count count) {
        return count.failed() == 0
                ? ""
                : String.format(Locale.ROOT, " (%.1f %%)", 100.0 * count.failed() / count.requests());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
