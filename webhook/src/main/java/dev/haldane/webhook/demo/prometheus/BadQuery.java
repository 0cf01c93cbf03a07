package dev.haldane.webhook.demo.prometheus;

/// A query that is not PromQL, or more of it than is known here.
final class BadQuery extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BadQuery(String message) {
        super(message);
    }
}
