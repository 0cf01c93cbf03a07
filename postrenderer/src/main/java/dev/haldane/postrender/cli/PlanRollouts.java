package dev.haldane.postrender.cli;

import dev.haldane.postrender.chart.ChartRendering;
import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Json;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Sequence;
import dev.haldane.postrender.plan.PlanJson;
import dev.haldane.postrender.plan.PlanText;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rule.Rendering;
import dev.haldane.postrender.rule.Report;
import dev.haldane.postrender.rule.Source;
import dev.haldane.postrender.rules.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// `haldane plan`: the rules are applied as the post-renderer would, and each Canary that is there then is planned.
/// Plans are the answer, on stdout; what got none and why is on stderr.
final class PlanRollouts {
    /// What one request each ten seconds is: little enough to show that a clock is no judge.
    private static final double FEW = 6;

    private final Arguments arguments;
    private final Surroundings around;

    PlanRollouts(Arguments arguments, Surroundings around) {
        this.arguments = arguments;
        this.around = around;
    }

    void run() throws IOException {
        double perMinute = perMinute();
        var rules = RuleSet.of(PostRender.defaults(arguments, around));
        var input = input();
        var renderings = rules.rewrite(input.sources(), Door.POST_RENDER, PostRender.release(arguments));
        var found = new PlannedCanaries(input.sources(), renderings);
        var reports = renderings.stream().map(Rendering::report).toList();
        refuseIfStrict(found, reports);
        var plans = found.plans();
        var form = arguments.value(Option.REPORT).orElse("text");
        if (form.equals("json")) {
            around.answer(json(plans, reports, input.note(), perMinute));
            return;
        }
        if (!form.equals("none")) {
            around.err()
                    .print(Paint.on(Surroundings.Stream.ERR, arguments, around).report(leftAlone(reports)));
            around.err().print(input.note().isEmpty() ? "" : "haldane: " + input.note() + "\n");
        }
        around.answer(
                plans.isEmpty()
                        ? "no rollout: there is no Canary, and no Deployment that would get one\n"
                        : plans.stream()
                                .map(planned -> PlanText.of(planned.plan(), planned.origin(), perMinute))
                                .collect(Collectors.joining("\n")));
    }

    /// @param note how the sources came about, where that is not plain
    private record Input(List<Source> sources, String note) {}

    private Input input() throws IOException {
        var operands = arguments.operands();
        if (operands.size() != 1) {
            throw UserError.usage(
                    operands.isEmpty() ? "`haldane plan` of what?" : "`haldane plan` takes one PATH",
                    "Name a chart, a manifest file or a directory of them, or - for stdin.");
        }
        var operand = operands.getFirst();
        if (operand.equals("-")) {
            var text = Document.decode(around.in().readAllBytes(), "<stdin>");
            return new Input(List.of(new Source("<stdin>", text)), "");
        }
        Path path = around.path(operand);
        if (Files.isRegularFile(path.resolve("Chart.yaml"))) {
            return chart(path);
        }
        if (!Files.exists(path)) {
            throw UserError.input(operand + " does not exist", "");
        }
        var files = Files.isDirectory(path) ? ManifestFiles.in(path) : List.of(path);
        var sources = new ArrayList<Source>();
        for (Path file : files) {
            sources.add(new Source(file.toString(), Document.decode(Files.readAllBytes(file), file.toString())));
        }
        return new Input(sources, "");
    }

    /// By Helm where there is one, as only Helm knows all of its functions.
    private Input chart(Path chart) throws IOException {
        Release given = PostRender.release(arguments);
        var release = new Release(
                given.name().isEmpty() ? "release-name" : given.name(),
                given.namespace().isEmpty() ? "default" : given.namespace());
        var helm = Helm.onPath(around);
        if (helm.isPresent()) {
            var text = helm.get().template(chart, release);
            return new Input(List.of(new Source("helm template " + chart, text)), "rendered by " + helm.get());
        }
        return new Input(
                List.of(new Source(chart.toString(), ChartRendering.of(chart, release))),
                "rendered without Helm, as there is none on PATH");
    }

    private double perMinute() {
        var given = arguments.value(Option.REQUESTS_PER_MINUTE);
        try {
            double number = Double.parseDouble(given.orElse(Double.toString(FEW)));
            if (number > 0 && number <= 1e9) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw UserError.usage(
                Option.REQUESTS_PER_MINUTE.spelling() + " cannot be '" + given.orElse("") + "'",
                "a number greater than 0");
    }

    private void refuseIfStrict(PlannedCanaries found, List<Report> reports) {
        PostRender.refuseIfStrict(arguments, reports);
        var refused = found.plans().stream()
                .filter(planned -> !planned.plan().notYet().isEmpty())
                .map(planned -> planned.plan().subject() + ": `haldane serve` does not do "
                        + String.join(", ", planned.plan().notYet()) + " yet")
                .collect(Collectors.joining("\n  "));
        if (arguments.has(Option.STRICT) && !refused.isEmpty()) {
            throw new UserError(UserError.Kind.STRICT, "refused by --strict:\n  " + refused, "");
        }
    }

    /// What was skipped, and what is wrong with the input.
    private static String leftAlone(List<Report> reports) {
        return reports.stream()
                .flatMap(report -> report.text().lines())
                .filter(line -> line.startsWith("skipped") || line.startsWith("broken"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String json(
            List<PlannedCanaries.Planned> plans, List<Report> reports, String note, double perMinute) {
        var list = plans.stream()
                .map(planned -> (Node) PlanJson.of(planned.plan(), planned.origin(), perMinute))
                .toList();
        var head = Json.print(Mapping.EMPTY.with("note", note).with("plans", new Sequence(list)));
        var tail = reports.stream().map(Report::json).collect(Collectors.joining(","));
        return head.substring(0, head.length() - 1) + ",\"reports\":[" + tail + "]}\n";
    }
}
