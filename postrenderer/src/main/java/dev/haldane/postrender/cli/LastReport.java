package dev.haldane.postrender.cli;

import dev.haldane.postrender.cli.Surroundings.Stream;
import dev.haldane.postrender.config.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/// `haldane report`: what the last run has left.
final class LastReport {

    private LastReport() {}

    static String text(Arguments arguments, Surroundings around) throws IOException {
        arguments.refuseOperands();
        if (arguments.has(Option.SCHEMA)) {
            return schema();
        }
        String form = arguments.value(Option.REPORT).orElse("text");
        Path file = arguments
                .value(Option.REPORT_FILE)
                .map(around::path)
                .or(() -> Journal.inState(form.equals("json") ? "report.json" : "report.txt", around))
                .orElseThrow(() -> UserError.usage("neither XDG_STATE_HOME nor HOME is set", "--report-file FILE"));
        try {
            String text = Files.readString(file);
            return form.equals("json")
                    ? text
                    : Paint.on(Stream.OUT, arguments, around).report(text);
        } catch (NoSuchFileException _) {
            throw UserError.input("no run has left a report in " + file, "Run post-render, inject or uninject first.");
        }
    }

    private static String schema() throws IOException {
        try (var schema = LastReport.class.getResourceAsStream("report.schema.json")) {
            return new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
