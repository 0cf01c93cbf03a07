package dev.haldane.webhook.gitops;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A Git host could not be reached, or did not let us in.
final class GitFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean retry;

    private GitFailure(String message, boolean retry, @Nullable Throwable cause) {
        super(message, cause);
        this.retry = retry;
    }

    /// Whether trying again may help: not where the host knows us and forbids it, or where there is nothing to look
    /// at.
    boolean retry() {
        return retry;
    }

    /// @param doing what was tried, such as `fetch http://git/env.git`
    static GitFailure of(String doing, Exception cause) {
        var why = innermost(cause);
        var lower = why.toLowerCase(Locale.ROOT);
        boolean hopeless = lower.contains("not permitted")
                || lower.contains("403 ")
                || lower.contains("not found")
                || lower.contains("does not have")
                || lower.contains("no remote repository")
                || lower.contains("unsupported");
        return new GitFailure(doing + ": " + why, !hopeless, cause);
    }

    static GitFailure hopeless(String why) {
        return new GitFailure(why, false, null);
    }

    /// JGit wraps: what went wrong with the connection stands inside.
    private static String innermost(Throwable thrown) {
        var at = thrown;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        var message = at.getMessage();
        return message == null || message.isBlank() ? at.getClass().getSimpleName() : message;
    }
}
