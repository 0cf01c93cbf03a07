package dev.haldane.webhook.store;

import dev.haldane.webhook.canary.CanaryId;
import dev.haldane.webhook.canary.CanaryRef;
import dev.haldane.webhook.canary.CanarySpec;

/// One Canary as it was read.
public sealed interface StoredCanary {

    CanaryId id();

    /// @param resourceVersion what the status is written against
    record Understood(CanarySpec spec, CanaryStatus status, String resourceVersion) implements StoredCanary {
        @Override
        public CanaryId id() {
            return spec.id();
        }
    }

    /// The object says something that cannot be understood.
    ///
    /// @param problem the field's path, what it has and what it may have
    record Unreadable(CanaryRef ref, String problem) implements StoredCanary {
        @Override
        public CanaryId id() {
            return ref.id();
        }
    }
}
