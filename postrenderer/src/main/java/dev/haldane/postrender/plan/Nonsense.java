package dev.haldane.postrender.plan;

import java.util.List;

/// A field of a Canary has a value that means nothing.
public final class Nonsense extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // an unmodifiable list of strings
    private final List<String> path;

    Nonsense(List<String> path, String sentence) {
        super(sentence);
        this.path = path;
    }

    /// Where: keys from the object's root, items of lists by their number.
    public List<String> path() {
        return path;
    }

    /// `spec.analysis.stepWeight is 0, must be …`.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
