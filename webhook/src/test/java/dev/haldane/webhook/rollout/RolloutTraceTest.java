package dev.haldane.webhook.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Replays the scenarios in `src/test/resources/traces`. A file is both script and expectation: a line at the margin
/// is what the world is like in one tick, the indented lines below it are what we ask, where we go and what we do.
/// Run with `-Dgolden.update=true` to accept what the machine does now, and read the diff.
class RolloutTraceTest {

    private static final Path TRACES = Path.of("src/test/resources/traces");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    static Stream<String> scenarios() throws IOException {
        try (var files = Files.list(TRACES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void follows_the_trace(String scenario) throws IOException {
        var file = TRACES.resolve(scenario);
        var expected = Files.readString(file);
        var actual = replay(expected);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, actual);
            return;
        }
        assertThat(actual).isEqualTo(expected);
    }

    private static String replay(String trace) {
        var text = new StringBuilder();
        var world = new TraceWorld();
        Phase phase = new Phase.Initializing();
        var now = START;
        for (var line : trace.lines().toList()) {
            if (line.startsWith("#")) {
                text.append(line).append('\n');
            } else if (!line.startsWith(" ") && !line.isBlank()) {
                phase = tick(line, world, phase, now, text);
                now = now.plusSeconds(60);
            }
        }
        return text.toString();
    }

    private static Phase tick(String script, TraceWorld world, Phase phase, Instant now, StringBuilder text) {
        var spec = spec(script);
        var look = world.look(script, now);
        var asked = new ArrayList<String>();
        var go = settle(spec, phase, look, question -> {
            asked.add(question.name().toLowerCase(Locale.ROOT));
            return world.answer(script, question);
        });
        text.append(script).append('\n');
        print(text, "asks", asked);
        if (!go.next().equals(phase)) {
            print(text, "goes", List.of(terse(go.next())));
        }
        var effects = new ArrayList<>(go.effects());
        if (effects.isEmpty() && go.next().equals(phase)) {
            effects.addAll(Upkeep.of(spec, phase, look));
            print(text, "keeps", effects.stream().map(RolloutTraceTest::terse).toList());
        } else {
            print(text, "does", effects.stream().map(RolloutTraceTest::terse).toList());
        }
        effects.forEach(world::apply);
        return go.next();
    }

    private static CanarySpec spec(String script) {
        var spec = Specs.steps(10, 50);
        spec = script.contains("skip-analysis") ? Specs.unjudged(spec) : spec;
        return script.contains("suspended") ? Specs.suspended(spec) : spec;
    }

    private static Decision.Go settle(
            CanarySpec spec, Phase phase, Observation look, Function<Question, Answer> world) {
        var seen = look;
        while (true) {
            switch (Rollout.decide(spec, phase, seen)) {
                case Decision.Go go -> {
                    return go;
                }
                case Decision.Ask(var question) -> {
                    seen = seen.with(question, world.apply(question));
                }
            }
        }
    }

    private static void print(StringBuilder text, String label, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            text.append("    %-6s".formatted(i == 0 ? label : ""))
                    .append(lines.get(i))
                    .append('\n');
        }
    }

    private static String terse(Phase phase) {
        return phase.toString()
                .replaceAll("[a-zA-Z]+=", "")
                .replaceAll(", (2026-[^]]*)", ", since $1")
                .replace("hash", "");
    }

    private static String terse(Effect effect) {
        return switch (effect) {
            case Effect.Route(var weight) -> "Route " + weight;
            case Effect.Tell(var severity, var message) -> severity.name().toLowerCase(Locale.ROOT) + ": " + message;
            case Effect.TellOnce once -> "once " + terse(once.message());
            case Effect.Pronounce(var verdict) -> "verdict: " + verdict.sentence();
            case Effect other -> other.getClass().getSimpleName();
        };
    }
}
