package dev.haldane.postrender.chart.engine;

/// A template says something that this interpreter does not know, or that ends in an error by intention.
public final class NotUnderstood extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    NotUnderstood(String what) {
        super(what);
    }

    public String what() {
        return String.valueOf(getMessage());
    }
}
