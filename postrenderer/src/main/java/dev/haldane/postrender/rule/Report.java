package dev.haldane.postrender.rule;

import dev.haldane.postrender.manifest.Json;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import dev.haldane.postrender.rule.Outcome.Skipped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a run did, and what it did not do and why not.
///
/// @param source   the name of the stream, such as `<stdin>` or a file's
/// @param outcomes in the order of the stream
public record Report(String source, List<Outcome> outcomes) {

    public Report {
        outcomes = List.copyOf(outcomes);
    }

    /// For `--strict`: whether anything was skipped or broken.
    public boolean isClean() {
        return outcomes.stream().noneMatch(o -> o instanceof Skipped || o instanceof Outcome.Broken);
    }

    /// Whether the text came out as it went in.
    public boolean changedNothing() {
        return outcomes.stream().allMatch(o -> o instanceof Skipped || o instanceof Outcome.Broken);
    }

    /// One line an action, such as `added    Canary/shop  (inject-canary: Service shop, port 80)`; `""` where there
    /// was nothing to say.
    public String text() {
        int width = outcomes.stream()
                .mapToInt(outcome -> outcome.subject().toString().length())
                .max()
                .orElse(0);
        var out = new StringBuilder();
        for (Outcome outcome : outcomes) {
            var subject = outcome.subject().toString();
            out.append(outcome.verb()).append(" ".repeat(8 - outcome.verb().length()));
            out.append(subject).append(" ".repeat(width + 2 - subject.length()));
            out.append(outcome.rule()).append(": ").append(outcome.why()).append('\n');
        }
        return out.toString();
    }

    /// How much was done, such as `2 added, 1 changed`, or `nothing to do`.
    public static String summary(List<Report> reports) {
        var verbs = reports.stream()
                .flatMap(report -> report.outcomes().stream())
                .map(Outcome::verb)
                .toList();
        var counts = Stream.of("added", "changed", "dropped", "skipped", "broken")
                .filter(verbs::contains)
                .map(verb -> verbs.stream().filter(verb::equals).count() + " " + verb)
                .collect(Collectors.joining(", "));
        return counts.isEmpty() ? "nothing to do" : counts;
    }

    /// The same for machines: `{"source":…,"outcomes":[{"outcome":…,"kind":…,"name":…,"rule":…,"why":…}]}`.
    public String json() {
        var list = new ArrayList<Node>();
        for (Outcome outcome : outcomes) {
            var subject = outcome.subject();
            var entry = new LinkedHashMap<String, Node>();
            entry.put("outcome", Scalar.of(outcome.verb()));
            entry.put("apiVersion", Scalar.of(subject.apiVersion()));
            entry.put("kind", Scalar.of(subject.kind()));
            entry.put("namespace", Scalar.of(subject.namespace()));
            entry.put("name", Scalar.of(subject.name()));
            entry.put("rule", Scalar.of(outcome.rule()));
            entry.put("why", Scalar.of(outcome.why()));
            if (outcome instanceof Skipped skipped) {
                entry.put("reason", Scalar.of(skipped.reason().name()));
            }
            list.add(new Mapping(entry));
        }
        return Json.print(Mapping.EMPTY.with("source", source).with("outcomes", new Sequence(list)));
    }
}
