package dev.haldane.postrender.chart.template;

/// A template that Go's parser would refuse.
public final class TemplateSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int line;

    /// @param line counts from 1
    public TemplateSyntaxException(int line, String problem) {
        super(problem);
        this.line = line;
    }

    public int line() {
        return line;
    }

    public String problem() {
        return String.valueOf(getMessage());
    }
}
