package dev.haldane.webhook.gitops;

import java.util.Locale;
import java.util.stream.Stream;

/// What a Git host said to a push.
sealed interface PushAnswer {

    record Accepted() implements PushAnswer {}

    /// Somebody was faster: look at the new tip and do it again.
    record Outrun(String why) implements PushAnswer {}

    /// We may not; trying again cannot help.
    record Forbidden(String why) implements PushAnswer {}

    /// Something else; it may be over later.
    record Broken(String why) implements PushAnswer {}

    /// Hosts say in words only why they refuse. The forbidding words come first: a host that protects a branch may use
    /// those of a lost race as well.
    ///
    /// @param text the ref's message and what the host printed
    static PushAnswer refused(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (forbidding().anyMatch(lower::contains)) {
            return new Forbidden(text);
        }
        return outrunning().anyMatch(lower::contains) ? new Outrun(text) : new Broken(text);
    }

    private static Stream<String> forbidding() {
        return Stream.of(
                "gh006", // GitHub: protected branch
                "gh013", // GitHub: repository rules
                "protected branch",
                "not allowed to push",
                "hook declined",
                "permission to",
                "branch restriction",
                "prohibited",
                "deny updating");
    }

    private static Stream<String> outrunning() {
        return Stream.of(
                "non-fast-forward",
                "fetch first",
                "stale info",
                "cannot lock ref",
                "failed to lock",
                "failed to update ref",
                "incorrect old value provided", // GitLab
                "reference already exists");
    }
}
