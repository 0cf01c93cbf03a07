package dev.haldane.postrender.cli;

import dev.haldane.postrender.chart.ChartChange;
import dev.haldane.postrender.chart.ChartEdit;
import dev.haldane.postrender.chart.ChartEdit.AddFile;
import dev.haldane.postrender.chart.ChartEdit.DeleteFile;
import dev.haldane.postrender.chart.ChartEdit.EditFile;
import dev.haldane.postrender.chart.ChartInjector;
import dev.haldane.postrender.cli.Surroundings.Stream;
import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.rule.Outcome.Broken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// `haldane inject` and `haldane uninject`: charts, manifest files and directories of them, edited in place. All is
/// decided before the first byte is written, and then all files are written or none.
final class Inject {
    private static final String STDIN = "<stdin>";

    private final Arguments arguments;
    private final Surroundings around;
    private final Journal journal;
    private final boolean undo;

    Inject(Arguments arguments, Surroundings around, Journal journal) {
        this.arguments = arguments;
        this.around = around;
        this.journal = journal;
        this.undo = arguments.command() == Command.UNINJECT;
    }

    void run() throws IOException {
        var operands = arguments.operands();
        if (operands.isEmpty()) {
            throw UserError.usage(
                    "`haldane " + arguments.command().word() + "` of what?",
                    "Name charts, manifest files or directories of them, or - for stdin.");
        }
        if (operands.equals(List.of("-"))) {
            stream();
            return;
        }
        if (operands.contains("-")) {
            throw UserError.usage("- stands for stdin and cannot be one of several", "Name only files, or only -.");
        }
        files(operands);
    }

    private void stream() throws IOException {
        var text = Document.decode(around.in().readAllBytes(), STDIN);
        var rendering = new ManifestFiles(rules()).change(text, STDIN);
        journal.add(rendering.report());
        PostRender.refuseIfStrict(arguments, journal.reports());
        journal.close();
        if (arguments.has(Option.DIFF)) {
            around.answer(painted(UnifiedDiff.of(STDIN, text, rendering.text())));
        } else if (!arguments.has(Option.DRY_RUN)) {
            around.answer(rendering.text());
        }
    }

    private void files(List<String> operands) throws IOException {
        var changes = changes(operands);
        changes.forEach(change -> journal.add(change.report()));
        PostRender.refuseIfStrict(arguments, journal.reports());
        var edits = changes.stream().flatMap(change -> change.edits().stream()).toList();
        if (arguments.has(Option.DIFF)) {
            journal.close();
            around.answer(painted(edits.stream().map(this::diff).collect(Collectors.joining())));
            return;
        }
        if (arguments.has(Option.CHECK)) {
            for (ChartChange change : changes) {
                HelmCheck.of(change, around).ifPresent(journal::note);
            }
        }
        var files = edits.size() + (edits.size() == 1 ? " file" : " files");
        if (arguments.has(Option.DRY_RUN)) {
            journal.note(files + " would be written");
        } else {
            new ChartChange(
                            around.path("").toAbsolutePath(),
                            edits,
                            changes.getFirst().report())
                    .apply();
            journal.note(files + " written");
        }
        journal.close();
    }

    /// Charts one by one, each directory of manifests as a whole, and all files together.
    private List<ChartChange> changes(List<String> operands) throws IOException {
        var manifests = new ManifestFiles(rules());
        var changes = new ArrayList<ChartChange>();
        var alone = new ArrayList<Path>();
        for (String operand : operands) {
            Path path = around.path(operand);
            if (Files.isRegularFile(path.resolve("Chart.yaml"))) {
                changes.add(chart(path));
            } else if (Files.isDirectory(path)) {
                changes.addAll(manifests.changes(ManifestFiles.in(path)));
            } else if (Files.exists(path)) {
                alone.add(path);
            } else {
                throw UserError.input(operand + " does not exist", "");
            }
        }
        changes.addAll(manifests.changes(alone));
        return changes;
    }

    private ChartChange chart(Path path) {
        var change = undo
                ? ChartInjector.uninject(path)
                : ChartInjector.inject(path, PostRender.defaults(arguments, around));
        change.report().outcomes().stream()
                .filter(Broken.class::isInstance)
                .filter(broken -> broken.subject().kind().equals("Chart"))
                .findFirst()
                .ifPresent(broken -> {
                    throw UserError.input(path + ": " + broken.why(), "Nothing was written.");
                });
        return change;
    }

    private ManifestFiles.Rules rules() {
        return undo
                ? ManifestFiles.undoing()
                : ManifestFiles.injecting(PostRender.defaults(arguments, around), PostRender.release(arguments));
    }

    private String diff(ChartEdit edit) {
        var name = shown(edit.path());
        return switch (edit) {
            case AddFile(var _, var text) -> UnifiedDiff.of("/dev/null", "", "b/" + name, text);
            case EditFile(var _, var before, var after) -> UnifiedDiff.of(name, before, after);
            case DeleteFile(var _, var before) -> UnifiedDiff.of("a/" + name, before, "/dev/null", "");
        };
    }

    private String shown(Path path) {
        var here = around.path("").toAbsolutePath().normalize();
        var there = path.toAbsolutePath().normalize();
        return (there.startsWith(here) ? here.relativize(there) : there).toString();
    }

    private String painted(String diff) {
        return Paint.on(Stream.OUT, arguments, around).diff(diff);
    }
}
