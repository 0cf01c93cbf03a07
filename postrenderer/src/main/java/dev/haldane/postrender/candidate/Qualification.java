package dev.haldane.postrender.candidate;

import dev.haldane.postrender.rule.Reason;

/// Whether a Deployment can have a canary, and if not, why not.
public sealed interface Qualification {

    record Qualified(Candidate candidate) implements Qualification {}

    /// @param detail what exactly, `""` if the reason says it all
    record Unfit(Reason reason, String detail) implements Qualification {}

    static Qualification unfit(Reason reason) {
        return new Unfit(reason, "");
    }

    static Qualification unfit(Reason reason, String detail) {
        return new Unfit(reason, detail);
    }
}
