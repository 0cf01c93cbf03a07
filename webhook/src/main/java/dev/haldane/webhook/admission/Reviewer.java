package dev.haldane.webhook.admission;

/// Answers one kind of review. May throw: then we are wrong, and the user's request is allowed as it is.
@FunctionalInterface
public interface Reviewer {
    Admission review(Review review);
}
