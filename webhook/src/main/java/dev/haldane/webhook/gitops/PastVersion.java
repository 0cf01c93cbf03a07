package dev.haldane.webhook.gitops;

import java.time.Instant;
import java.util.Optional;

/// What an environment repository said of one application after one commit.
///
/// @param commit  the commit's full id
/// @param message its whole message
/// @param when    it was made
/// @param author  `Name <address>`
/// @param version as written; empty if the application had no entry, or the file could not be read
record PastVersion(String commit, String message, Instant when, String author, Optional<String> version) {

    String subject() {
        return message.lines().findFirst().orElse("");
    }

    String shortCommit() {
        return commit.substring(0, Math.min(12, commit.length()));
    }

    boolean has(String value) {
        return version.isPresent() && version.get().equals(value);
    }
}
