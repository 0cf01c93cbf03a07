package dev.haldane.webhook.admission;

import java.util.Optional;

/// Port: what keeps the memory that reviews answer from up to date.
@FunctionalInterface
public interface Watches {

    /// Why that memory is not complete yet, in one sentence; empty if it is.
    Optional<String> problem();
}
