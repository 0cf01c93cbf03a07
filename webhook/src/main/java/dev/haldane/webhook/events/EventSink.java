package dev.haldane.webhook.events;

import dev.haldane.webhook.canary.CanaryRef;

/// Port: tells people what happens to a Canary.
public interface EventSink {

    /// Kubernetes' own two types of event.
    enum Severity {
        NORMAL,
        WARNING
    }

    /// @param reason `Synced` for what Flagger says too, `Promoted` and `RolledBack` for verdicts
    record Message(Severity severity, String reason, String text) {
        public static final String SYNCED = "Synced";
    }

    /// Never throws: a message that cannot be delivered is logged.
    void tell(CanaryRef about, Message message);
}
