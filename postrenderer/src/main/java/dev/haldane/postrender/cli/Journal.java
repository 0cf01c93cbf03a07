package dev.haldane.postrender.cli;

import dev.haldane.postrender.cli.Surroundings.Stream;
import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.rule.Report;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The report of a run: on stderr, and left in a file, because Helm hides stderr when all is well and Helm 4 hides it
/// always.
final class Journal {
    private final Arguments arguments;
    private final Surroundings around;
    private final List<Report> reports = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Journal(Arguments arguments, Surroundings around) {
        this.arguments = arguments;
        this.around = around;
    }

    void add(Report report) {
        reports.add(report);
    }

    /// A last line for people, such as how many files were written.
    void note(String line) {
        notes.add(line);
    }

    List<Report> reports() {
        return List.copyOf(reports);
    }

    /// Says and leaves what was done, before the answer is written: whoever gets an answer finds its report.
    void close() {
        var run = run(0, "");
        var form = arguments.value(Option.REPORT).orElse("text");
        leave(run, form);
        switch (form) {
            case "json" -> around.err().print(run.json());
            case "none" -> {}
            default -> {
                around.err().print(Paint.on(Stream.ERR, arguments, around).report(run.text()));
                notes.forEach(note -> around.err().print("haldane: " + note + "\n"));
            }
        }
    }

    /// Leaves word of a failure.
    ///
    /// @return what belongs on stderr
    String fail(int exitCode, String error) {
        var run = run(exitCode, error);
        var form = arguments.value(Option.REPORT).orElse("text");
        leaveInState(run);
        arguments.value(Option.REPORT_FILE).ifPresent(name -> {
            try {
                write(around.path(name), form(run, form));
            } catch (IOException e) {
                around.err().println("haldane: " + unwritable(name, e));
            }
        });
        return form.equals("json") ? run.json() : error + "\n";
    }

    /// The file in which `haldane report` finds the last run: below $XDG_STATE_HOME, `~/.local/state` by default.
    static Optional<Path> inState(String name, Surroundings around) {
        return around.variable("XDG_STATE_HOME")
                .or(() -> around.variable("HOME").map(home -> home + "/.local/state"))
                .map(state -> around.path(state).resolve("haldane").resolve(name));
    }

    private RunReport run(int exitCode, String error) {
        return new RunReport(arguments.command().word(), Instant.now(), exitCode, error, reports);
    }

    private void leave(RunReport run, String form) {
        arguments.value(Option.REPORT_FILE).ifPresent(name -> {
            try {
                write(around.path(name), form(run, form));
            } catch (IOException e) {
                throw UserError.usage(unwritable(name, e), "Name a file in a directory that is there.");
            }
        });
        leaveInState(run);
    }

    /// A read-only home is no reason to fail: containers have one.
    private void leaveInState(RunReport run) {
        try {
            for (var file : List.of("report.txt", "report.json")) {
                var place = inState(file, around);
                if (place.isPresent()) {
                    makeRoom(place.get());
                    write(place.get(), form(run, file.endsWith("json") ? "json" : "text"));
                }
            }
        } catch (IOException e) {
            around.err().println("haldane: the report could not be left for `haldane report`: " + e);
        }
    }

    private static void makeRoom(Path file) throws IOException {
        if (!file.toFile().getParentFile().isDirectory()) {
            Files.createDirectories(file.getParent());
        }
    }

    private static String form(RunReport run, String form) {
        return form.equals("json") ? run.json() : run.textWithHeading();
    }

    private static String unwritable(String name, IOException e) {
        return "the report cannot be written to " + name + ": " + e;
    }

    /// By a move, so that a reader never sees half of it.
    private static void write(Path file, String text) throws IOException {
        // Not ProcessHandle: it starts a pool of threads to tell its number.
        var fresh = file.resolveSibling(file.getFileName() + "." + System.nanoTime() + ".tmp");
        try (var out = new FileOutputStream(fresh.toFile())) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        if (!fresh.toFile().renameTo(file.toFile())) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING); // and say why it does not go
        }
    }
}
