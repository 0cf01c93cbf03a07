package dev.haldane.webhook.store;

import dev.haldane.webhook.canary.CanaryId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Port: the Canary objects of a cluster.
public interface CanaryStore {

    /// All Canaries of the watched namespaces, from the watch cache: no request.
    List<CanaryId> list();

    /// One Canary with its status, as the API server has it. A Canary that cannot be read is
    /// [StoredCanary.Unreadable].
    Optional<StoredCanary> get(CanaryId id);

    /// Writes the status sub-resource, once.
    ///
    /// @throws StoreConflict if somebody else has written the object since it was read
    void writeStatus(StoredCanary.Understood canary, CanaryStatus status);

    /// Tells of each Canary that was added, changed or deleted, and of each Canary whose target has changed.
    void onChange(Consumer<CanaryId> listener);
}
