package dev.haldane.webhook.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.canary.ClusterUnavailable;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads and writes objects. Everything that the API server refuses becomes [ClusterUnavailable] with the object's
/// name, except what 409 says: [ClusterConflict].
public final class Cluster implements AutoCloseable {

    /// Our name in `metadata.managedFields`.
    public static final String MANAGER = "haldane";

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int ATTEMPTS = 5;
    private static final PatchContext MERGE = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(MANAGER)
            .build();

    private final KubernetesClient client;
    private final List<String> namespaces;
    private final Map<Kind, WatchCache> caches = new ConcurrentHashMap<>();

    /// @param client     from [ClusterConnection], so that its writes bear our name
    /// @param namespaces that are watched; none: all
    public Cluster(KubernetesClient client, List<String> namespaces) {
        this.client = client;
        this.namespaces = List.copyOf(namespaces);
    }

    /// Watches a kind from now on; repeated, it does nothing. Returns when everything that is there has been seen.
    public Cluster watch(Kind... kinds) {
        for (var kind : kinds) {
            caches.computeIfAbsent(kind, _ -> {
                var cache = new WatchCache(client, kind, namespaces);
                cache.start();
                return cache;
            });
        }
        return this;
    }

    /// Lists all watched kinds again: to be called when this process becomes the leader, because what another replica
    /// has written last may not have been seen yet. A kind that cannot be listed now is watched as before.
    public void refresh() {
        for (var cache : caches.values()) {
            try {
                cache.start();
            } catch (ClusterUnavailable e) {
                LOG.warn("not listed anew: {}", e.getMessage());
            }
        }
    }

    /// Hears of what is there now, then of each change.
    public void listen(Kind kind, ChangeListener listener) {
        watch(kind);
        cache(kind).ifPresent(cache -> cache.listen(listener));
    }

    /// All objects of a watched kind, from its cache.
    public List<KubeObject> list(Kind kind) {
        return cache(kind).map(WatchCache::list).orElse(List.of());
    }

    /// An object from the cache of its kind; asks the API server if the kind is not watched, or if the cache has not
    /// seen yet what we have written ourselves.
    public Optional<KubeObject> look(Kind kind, String namespace, String name) {
        return cache(kind)
                .flatMap(cache -> cache.get(new Key(kind, namespace, name)))
                .orElseGet(() -> get(kind, namespace, name));
    }

    /// An object as the API server has it.
    public Optional<KubeObject> get(Kind kind, String namespace, String name) {
        var key = new Key(kind, namespace, name);
        var found = Optional.ofNullable(asked("get", key, () -> resource(key).get()));
        if (found.isEmpty()) {
            cache(kind).ifPresent(cache -> cache.gone(key));
        }
        return found.map(this::object);
    }

    /// @throws ClusterConflict if it exists
    public KubeObject create(Kind kind, KubeObject object) {
        var key = key(kind, object);
        return written(key, asked("create", key, () -> item(kind, object).create()));
    }

    /// Puts the whole object in the place of the one that was read.
    ///
    /// @throws ClusterConflict if it has changed since
    public KubeObject replace(Kind kind, KubeObject object) {
        var key = key(kind, object);
        return written(key, asked("update", key, () -> item(kind, object).update()));
    }

    /// Puts the status only, by the sub-resource.
    ///
    /// @throws ClusterConflict if the object has changed since it was read
    public KubeObject replaceStatus(Kind kind, KubeObject object) {
        var key = key(kind, object);
        return written(
                key, asked("update status of", key, () -> item(kind, object).updateStatus()));
    }

    /// Merges fields into an object ([RFC 7386](https://www.rfc-editor.org/rfc/rfc7386)).
    ///
    /// @param patch with `metadata.resourceVersion`, if it may only meet the object that was read
    public KubeObject merge(Kind kind, String namespace, String name, ObjectNode patch) {
        var key = new Key(kind, namespace, name);
        return written(key, asked("patch", key, () -> resource(key).patch(MERGE, patch.toString())));
    }

    /// As [#merge], for an object that a user's tools apply too: our name does not stay behind in its
    /// `metadata.managedFields`, so that no later server-side apply meets a conflict.
    public KubeObject mergeUntraced(Kind kind, String namespace, String name, ObjectNode patch) {
        return untraced(kind, merge(kind, namespace, name, patch));
    }

    /// Sets the number of replicas by the sub-resource, and leaves no trace either.
    public void scale(Kind kind, String namespace, String name, int replicas) {
        var key = new Key(kind, namespace, name);
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("spec").put("replicas", replicas);
        asked("scale", key, () -> resource(key).subresource("scale").patch(MERGE, patch.toString()));
        get(kind, namespace, name).ifPresent(now -> {
            cache(kind).ifPresent(cache -> cache.wrote(key, now.resourceVersion()));
            untraced(kind, now);
        });
    }

    /// Deletes the object if it is there.
    public void delete(Kind kind, String namespace, String name) {
        var key = new Key(kind, namespace, name);
        asked("delete", key, () -> resource(key).delete());
    }

    /// Whether the API server said no, so that the same request will not be answered otherwise: forbidden, invalid,
    /// namespace gone.
    public static boolean refused(ClusterUnavailable problem) {
        return problem.getCause() instanceof KubernetesClientException cause
                && cause.getCode() >= BAD_REQUEST
                && cause.getCode() < SERVER_ERROR
                && cause.getCode() != UNAUTHORIZED
                && cause.getCode() != TOO_MANY_REQUESTS;
    }

    private KubeObject untraced(Kind kind, KubeObject object) {
        var now = object;
        for (int attempt = 1; ; attempt++) {
            var without = ManagedFields.without(now, MANAGER);
            if (without.isEmpty()) {
                return now;
            }
            try {
                return merge(kind, now.namespace(), now.name(), without.get());
            } catch (ClusterConflict conflict) {
                if (attempt == ATTEMPTS) {
                    throw new ClusterUnavailable("too many writers: " + conflict.getMessage(), conflict);
                }
                var again = get(kind, now.namespace(), now.name());
                if (again.isEmpty()) {
                    return now;
                }
                now = again.get();
            }
        }
    }

    private KubeObject written(Key key, GenericKubernetesResource answer) {
        var object = object(answer);
        cache(key.kind()).ifPresent(cache -> cache.wrote(key, object.resourceVersion()));
        return object;
    }

    private static <T> T asked(String verb, Key key, Supplier<T> request) {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            var problem = "cannot " + verb + " " + key + ": " + reason(e);
            if (e.getCode() == CONFLICT) {
                throw new ClusterConflict(problem, e);
            }
            throw new ClusterUnavailable(problem, e);
        }
    }

    private static String reason(KubernetesClientException e) {
        var status = e.getStatus();
        if (status != null && status.getMessage() != null) {
            return status.getMessage();
        }
        return String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause());
    }

    private Optional<WatchCache> cache(Kind kind) {
        return Optional.ofNullable(caches.get(kind));
    }

    private static Key key(Kind kind, KubeObject object) {
        return new Key(kind, object.namespace(), object.name());
    }

    private Resource<GenericKubernetesResource> resource(Key key) {
        return client.genericKubernetesResources(key.kind().context())
                .inNamespace(key.namespace())
                .withName(key.name());
    }

    private Resource<GenericKubernetesResource> item(Kind kind, KubeObject object) {
        var resource = client.getKubernetesSerialization().convertValue(object.tree(), GenericKubernetesResource.class);
        return client.genericKubernetesResources(kind.context())
                .inNamespace(object.namespace())
                .resource(resource);
    }

    private KubeObject object(GenericKubernetesResource resource) {
        return new KubeObject(client.getKubernetesSerialization().convertValue(resource, ObjectNode.class));
    }

    /// Ends the watches. The client stays open.
    @Override
    public void close() {
        caches.values().forEach(WatchCache::close);
    }
}
