package dev.haldane.postrender.chart;

/// The chart is sound, but written in a way that we do not dare to edit.
final class UnsupportedShape extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int line;

    /// @param line counts from 1
    UnsupportedShape(int line, String problem) {
        super(problem);
        this.line = line;
    }

    int line() {
        return line;
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
