package dev.haldane.webhook.cluster;

import java.util.Optional;

/// Hears of every change of a watched kind. Called from a watch's thread: must not block.
@FunctionalInterface
public interface ChangeListener {

    /// @param before empty if the object is new
    /// @param after  empty if the object is gone
    void changed(Optional<KubeObject> before, Optional<KubeObject> after);
}
