package dev.haldane.webhook.store;

/// A field of a Canary holds what it may not hold. The message is one sentence: path, what it has, what it may have.
final class FieldProblem extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    FieldProblem(String message) {
        super(message);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
