package dev.haldane.postrender.cli;

import dev.haldane.postrender.cli.Surroundings.Stream;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.config.file.Configuration;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rule.Report;
import dev.haldane.postrender.rules.RuleSet;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/// `haldane post-render`: manifests on stdin, manifests on stdout. All is read before anything is decided, and written
/// last: Helm 3 takes whatever came out of a renderer that ends well, even half of it, even nothing.
final class PostRender {
    private static final String STDIN = "<stdin>";

    private final Arguments arguments;
    private final Surroundings around;
    private final Journal journal;

    PostRender(Arguments arguments, Surroundings around, Journal journal) {
        this.arguments = arguments;
        this.around = around;
        this.journal = journal;
    }

    void run() throws IOException {
        arguments.refuseOperands();
        var rules = RuleSet.of(defaults(arguments, around));
        var text = Document.decode(around.in().readAllBytes(), STDIN);
        var rendering = rules.rewrite(text, STDIN, release(arguments));
        journal.add(rendering.report());
        refuseIfStrict(arguments, journal.reports());
        journal.close();
        around.answer(arguments.has(Option.DIFF) ? diff(text, rendering.text()) : answer(rendering.text()));
    }

    /// The file that `--config` or `$HALDANE_CONFIG` names, under `--set`.
    static RolloutDefaults defaults(Arguments arguments, Surroundings around) {
        var file = arguments.value(Option.CONFIG).or(() -> around.variable("HALDANE_CONFIG"));
        return Configuration.load(file.map(around::path), arguments.all(Option.SET));
    }

    static Release release(Arguments arguments) {
        return new Release(
                arguments.value(Option.RELEASE).orElse(""),
                arguments.value(Option.NAMESPACE).orElse(""));
    }

    static void refuseIfStrict(Arguments arguments, List<Report> reports) {
        if (arguments.has(Option.STRICT) && !reports.stream().allMatch(Report::isClean)) {
            var why = reports.stream()
                    .flatMap(report -> report.text().lines())
                    .filter(line -> line.startsWith("skipped") || line.startsWith("broken"))
                    .collect(Collectors.joining("\n  ", "\n  ", ""));
            throw new UserError(UserError.Kind.STRICT, "refused by --strict, nothing was written:" + why, "");
        }
    }

    /// Helm 4 takes an empty answer for an error, and a chart may well render nothing.
    private String answer(String text) {
        return text.isBlank() && around.insideHelm4() ? "# haldane: no object came in\n" : text;
    }

    /// Never empty: where this is by mistake the answer to Helm, nothing would mean "delete everything".
    private String diff(String before, String after) {
        var diff = UnifiedDiff.of(STDIN, before, after);
        return diff.isEmpty()
                ? "haldane: no difference\n"
                : Paint.on(Stream.OUT, arguments, around).diff(diff);
    }
}
