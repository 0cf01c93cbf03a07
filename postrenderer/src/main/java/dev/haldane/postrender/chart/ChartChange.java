package dev.haldane.postrender.chart;

import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.rule.Report;
import java.nio.file.Path;
import java.util.List;

/// What would be written to a chart, and why; nothing is written before [#apply].
///
/// @param chart the chart's directory, absolute
/// @param edits none if there is nothing to do; some may be beside the chart, in its pipeline
public record ChartChange(Path chart, List<ChartEdit> edits, Report report) {

    public ChartChange {
        edits = List.copyOf(edits);
    }

    /// Writes all files or none.
    ///
    /// @throws UserError if a file has changed since it was read, or cannot be written
    public void apply() {
        FileTransaction.write(edits, chart);
    }
}
