package dev.haldane.postrender.chart;

import java.nio.file.Path;

/// One file that a change writes. Values first: nothing is written before all of them are known.
public sealed interface ChartEdit {

    Path path();

    /// A file that is not there yet.
    record AddFile(Path path, String text) implements ChartEdit {}

    /// @param before what the file holds now
    record EditFile(Path path, String before, String after) implements ChartEdit {}

    /// A file of ours that goes.
    record DeleteFile(Path path, String before) implements ChartEdit {}
}
