package dev.haldane.webhook.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.haldane.webhook.canary.CanaryId;
import dev.haldane.webhook.canary.CanaryRef;
import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.canary.Phase;
import dev.haldane.webhook.canary.Phase.Failed;
import dev.haldane.webhook.canary.Phase.GitDebt;
import dev.haldane.webhook.canary.Phase.Resting;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.cluster.ClusterConflict;
import dev.haldane.webhook.cluster.Kind;
import dev.haldane.webhook.cluster.KubeObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Canaries of a real API server, from watches. A Canary at rest costs no request; one in a run is read afresh.
public final class KubernetesCanaryStore implements CanaryStore {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesCanaryStore.class);

    private final Cluster cluster;
    private final Map<CanaryId, KubeObject> read = new ConcurrentHashMap<>();
    private final Map<CanaryId, List<String>> ignored = new ConcurrentHashMap<>();
    private final Map<CanaryId, CanaryId> targets = new ConcurrentHashMap<>();
    private final Map<CanaryId, List<CanaryId>> previews = new ConcurrentHashMap<>();
    private final List<Consumer<CanaryId>> listeners = new CopyOnWriteArrayList<>();

    /// Starts to watch Canaries, and Deployments and the Services of previews for [#onChange].
    ///
    /// @throws ClusterUnavailable if there are no Canaries to watch, for the CRD is missing
    public KubernetesCanaryStore(Cluster cluster) {
        this.cluster = cluster.watch(Kind.CANARY, Kind.DEPLOYMENT, Kind.SERVICE);
        cluster.listen(Kind.CANARY, this::canaryChanged);
        cluster.listen(Kind.DEPLOYMENT, this::deploymentChanged);
        cluster.listen(Kind.SERVICE, this::serviceChanged);
    }

    /// Forgets what was read and lists everything again: another replica may have written since. To be called when the
    /// lease was won, before the first tick.
    public void startOver() {
        read.clear();
        cluster.refresh();
    }

    @Override
    public List<CanaryId> list() {
        return List.copyOf(targets.keySet());
    }

    @Override
    public Optional<StoredCanary> get(CanaryId id) {
        var found = object(id);
        if (found.isEmpty()) {
            read.remove(id);
            ignored.remove(id);
            return Optional.empty();
        }
        read.put(id, found.get());
        return Optional.of(understand(id, found.get()));
    }

    private Optional<KubeObject> object(CanaryId id) {
        if (read.containsKey(id)) {
            var cached = cluster.look(Kind.CANARY, id.namespace(), id.name());
            if (cached.isEmpty() || atRest(cached.get())) {
                return cached;
            }
        }
        return cluster.get(Kind.CANARY, id.namespace(), id.name());
    }

    private static boolean atRest(KubeObject canary) {
        return switch (CanaryCodec.read(canary.tree())) {
            case Reading.Nonsense _ -> true;
            case Reading.Understood understood ->
                switch (StatusCodec.read(understood.spec().analysis(), canary.at("status"))
                        .phase()) {
                    case Failed failed -> failed.git() == GitDebt.SETTLED;
                    case Resting _ -> true;
                    case Phase _ -> false;
                };
        };
    }

    private StoredCanary understand(CanaryId id, KubeObject object) {
        return switch (CanaryCodec.read(object.tree())) {
            case Reading.Nonsense(var problem) ->
                new StoredCanary.Unreadable(
                        new CanaryRef(id, object.uid(), object.at("apiVersion").asText()), problem);
            case Reading.Understood(var spec, var notes) -> {
                warn(id, notes);
                var status = StatusCodec.read(spec.analysis(), object.at("status"));
                yield new StoredCanary.Understood(spec, status, object.resourceVersion());
            }
        };
    }

    private void warn(CanaryId id, List<String> notes) {
        if (!notes.equals(ignored.put(id, notes))) {
            notes.forEach(note -> LOG.warn("{}: {}", id, note));
        }
    }

    @Override
    public void writeStatus(StoredCanary.Understood canary, CanaryStatus status) {
        var id = canary.id();
        var known = read.get(id);
        if (known == null || !known.resourceVersion().equals(canary.resourceVersion())) {
            throw new StoreConflict(id + " was read anew in between", new IllegalStateException("stale"));
        }
        var after = StatusCodec.write(canary.spec(), status, known.at("status"));
        var object = KubeObject.named(Kind.CANARY, id.namespace(), id.name())
                .with(canary.resourceVersion(), "metadata", "resourceVersion")
                .with(known.at("metadata", "uid"), "metadata", "uid")
                .with(known.at("spec"), "spec")
                .with(after, "status");
        try {
            read.put(id, cluster.replaceStatus(Kind.CANARY, object));
        } catch (ClusterConflict e) {
            throw new StoreConflict(id + " has changed since it was read", e);
        }
    }

    @Override
    public void onChange(Consumer<CanaryId> listener) {
        listeners.add(listener);
        list().forEach(listener);
    }

    /// Our own status writes are no news; what people write is.
    private void canaryChanged(Optional<KubeObject> before, Optional<KubeObject> after) {
        after.ifPresentOrElse(
                canary -> {
                    targets.put(id(canary), target(canary));
                    previews.put(id(canary), previews(canary));
                },
                () -> before.ifPresent(canary -> {
                    targets.remove(id(canary));
                    previews.remove(id(canary));
                }));
        if (!wanted(before).equals(wanted(after))) {
            after.or(() -> before).ifPresent(canary -> tell(id(canary)));
        }
    }

    private static CanaryId target(KubeObject canary) {
        return new CanaryId(
                canary.namespace(), canary.at("spec", "targetRef", "name").asText());
    }

    /// The Services that get a share of its requests.
    private static List<CanaryId> previews(KubeObject canary) {
        return switch (CanaryCodec.read(canary.tree())) {
            case Reading.Nonsense _ -> List.of();
            case Reading.Understood(var spec, var _) ->
                spec.apex().previews().stream()
                        .map(preview ->
                                new CanaryId(preview.namespace(), spec.apex().name()))
                        .toList();
        };
    }

    /// A preview has come or gone.
    private void serviceChanged(Optional<KubeObject> before, Optional<KubeObject> after) {
        if (before.isPresent() != after.isPresent()) {
            var service = id(after.or(() -> before).orElseThrow());
            previews.forEach((canary, shared) -> {
                if (shared.contains(service)) {
                    tell(canary);
                }
            });
        }
    }

    private static List<JsonNode> wanted(Optional<KubeObject> canary) {
        return canary.map(object -> List.of(
                        object.at("spec"),
                        object.at("metadata", "uid"),
                        object.at("metadata", "annotations"),
                        object.at("metadata", "deletionTimestamp")))
                .orElse(List.of());
    }

    /// Replicas and status change all the time; only another pod template is a new revision.
    private void deploymentChanged(Optional<KubeObject> before, Optional<KubeObject> after) {
        var template = after.map(object -> object.at("spec", "template"));
        if (template.equals(before.map(object -> object.at("spec", "template")))) {
            return;
        }
        var deployment = after.or(() -> before).orElseThrow();
        var changed = id(deployment);
        targets.forEach((canary, target) -> {
            if (target.equals(changed)) {
                tell(canary);
            }
        });
    }

    private void tell(CanaryId id) {
        listeners.forEach(listener -> listener.accept(id));
    }

    private static CanaryId id(KubeObject canary) {
        return new CanaryId(canary.namespace(), canary.name());
    }
}
