package dev.haldane.postrender.chart;

/// What a file ends its lines with.
final class LineBreak {
    private LineBreak() {}

    /// That of its first line; `\n` if it has only one.
    static String of(String text) {
        int newline = text.indexOf('\n');
        return newline > 0 && text.charAt(newline - 1) == '\r' ? "\r\n" : "\n";
    }
}
