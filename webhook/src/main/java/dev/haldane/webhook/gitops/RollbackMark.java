package dev.haldane.webhook.gitops;

import dev.haldane.webhook.canary.CanaryId;
import dev.haldane.webhook.canary.Revision;

/// The trailer by which a commit of ours is found again: `Canary-Rollback: <namespace>/<name>@<uid>#<revision>`.
record RollbackMark(CanaryId canary, String uid, Revision revision) {

    private static final String KEY = "Canary-Rollback: ";

    static RollbackMark of(WriteBack.Request request) {
        return new RollbackMark(request.canary(), request.uid(), request.revision());
    }

    String trailer() {
        return ofCanary() + "@" + uid + "#" + revision;
    }

    boolean isIn(String message) {
        return message.lines().anyMatch(trailer()::equals);
    }

    boolean isSameCanary(String message) {
        return message.lines().anyMatch(line -> line.startsWith(ofCanary() + "@"));
    }

    static boolean isRollback(String message) {
        return message.lines().anyMatch(line -> line.startsWith(KEY));
    }

    private String ofCanary() {
        return KEY + canary.namespace() + "/" + canary.name();
    }
}
