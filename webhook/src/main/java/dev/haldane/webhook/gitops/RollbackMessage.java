package dev.haldane.webhook.gitops;

import dev.haldane.webhook.gitops.WriteBack.Request;
import java.util.Optional;

/// The message of the commit that puts a version back: the verdict, what was done and why, trailers.
final class RollbackMessage {

    private RollbackMessage() {}

    /// @param good      empty if the entry was removed
    /// @param promotion the commit that brought the bad version
    static String of(Request request, Optional<String> good, Optional<PastVersion> promotion) {
        var bad = request.app() + " " + request.badVersion();
        var done = good.map(version -> "Puts " + request.app() + " in " + Requirements.PATH + " back from "
                        + request.badVersion() + " to " + version + ",\nthe release before it,")
                .orElse("Takes " + request.app() + " out of " + Requirements.PATH + ",\nas " + request.badVersion()
                        + " was its first release here,");
        var text = new StringBuilder(subject(request))
                .append("\n\n")
                .append(done)
                .append(" so that the next deployment does not bring ")
                .append(bad)
                .append(" again.\nThe traffic is back on the primary already.\n");
        promotion.ifPresent(from -> text.append("It came with ")
                .append(from.shortCommit())
                .append(": ")
                .append(oneLine(from.subject()))
                .append('\n'));
        // The cluster is right already; a pipeline for this commit would only deploy what runs.
        text.append("\n[skip ci]\n\n");
        text.append(RollbackMark.of(request).trailer()).append('\n');
        promotion.ifPresent(from ->
                text.append("Promoted-By: ").append(oneLine(from.author())).append('\n'));
        return text.toString();
    }

    static String subject(Request request) {
        return oneLine(request.verdict());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
