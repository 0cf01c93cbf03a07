package dev.haldane.postrender.chart.engine;

/// A template says something that this interpreter does not know, or that ends in an error.
public final class NotUnderstood extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final boolean error;
    private final int line;

    NotUnderstood(String what) {
        this(what, false, 0);
    }

    private NotUnderstood(String what, boolean error, int line) {
        super(what);
        this.error = error;
        this.line = line;
    }

    /// What Go would end with as well.
    static NotUnderstood error(String what) {
        return new NotUnderstood(what, true, 0);
    }

    /// The same, seen from a line of a template.
    NotUnderstood at(int place) {
        return new NotUnderstood(String.valueOf(getMessage()), error, place);
    }

    public String what() {
        return String.valueOf(getMessage());
    }

    /// Whether Helm would not render the template either.
    public boolean isError() {
        return error;
    }

    /// The line of the outermost template; 0 if nobody knows.
    public int line() {
        return line;
    }
}
