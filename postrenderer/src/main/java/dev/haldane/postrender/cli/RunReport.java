package dev.haldane.postrender.cli;

import dev.haldane.postrender.manifest.Json;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.rule.Report;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Collectors;

/// What one run did, for people and for machines.
///
/// @param error   lines for people; `""` if all went well
/// @param reports one a stream, file or chart
record RunReport(String command, Instant at, int exitCode, String error, List<Report> reports) {

    RunReport {
        reports = List.copyOf(reports);
    }

    /// For stderr: an action a line, and one line that counts them.
    String text() {
        var out = new StringBuilder();
        for (Report report : reports) {
            if (reports.size() > 1 && !report.outcomes().isEmpty()) {
                out.append(report.source()).append(":\n");
            }
            out.append(report.text());
        }
        return out.append(summary()).append(error.isEmpty() ? "" : error + "\n").toString();
    }

    /// For `haldane report`, which is read later: with a first line that says which run it was.
    String textWithHeading() {
        return "haldane " + command + ", " + second() + ", exit code " + exitCode + "\n" + text();
    }

    String json() {
        var head = Mapping.EMPTY
                .with("command", command)
                .with("at", second())
                .with("build", BuildId.read().toString())
                .with("exitCode", Scalar.of(exitCode))
                .with("error", error);
        var printed = Json.print(head);
        var list = reports.stream().map(Report::json).collect(Collectors.joining(","));
        return printed.substring(0, printed.length() - 1) + ",\"reports\":[" + list + "]}\n";
    }

    /// As [Instant#toString], whose formatter takes 3 ms to get ready.
    private String second() {
        long day = Math.floorDiv(at.getEpochSecond(), 86_400L);
        int second = (int) Math.floorMod(at.getEpochSecond(), 86_400L);
        return LocalDate.ofEpochDay(day) + "T" + LocalTime.ofSecondOfDay(second) + (second % 60 == 0 ? ":00Z" : "Z");
    }

    private String summary() {
        if (!error.isEmpty() && reports.isEmpty()) {
            return "";
        }
        return "haldane: " + Report.summary(reports) + "\n";
    }
}
