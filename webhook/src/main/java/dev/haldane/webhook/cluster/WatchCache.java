package dev.haldane.webhook.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.canary.ClusterUnavailable;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a watch has seen of one kind. Knows of our own writes that it has not seen yet, and then says that it does not
/// know, instead of answering with the past.
final class WatchCache implements AutoCloseable, ResourceEventHandler<GenericKubernetesResource> {

    private static final Logger LOG = LoggerFactory.getLogger(WatchCache.class);
    private static final Duration FIRST_LIST = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final Kind kind;
    private final List<String> namespaces;
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<Key, Long> written = new ConcurrentHashMap<>();
    private volatile List<SharedIndexInformer<GenericKubernetesResource>> informers = List.of();

    /// @param namespaces none: all
    WatchCache(KubernetesClient client, Kind kind, List<String> namespaces) {
        this.client = client;
        this.kind = kind;
        this.namespaces = namespaces;
    }

    /// Lists everything and watches from there; done again, nothing of what was known before is believed any more.
    void start() {
        var resources = client.genericKubernetesResources(kind.context());
        var fresh = new ArrayList<SharedIndexInformer<GenericKubernetesResource>>();
        if (namespaces.isEmpty()) {
            fresh.add(resources.inAnyNamespace().runnableInformer(0));
        }
        for (var namespace : namespaces) {
            fresh.add(resources.inNamespace(namespace).runnableInformer(0));
        }
        for (var informer : fresh) {
            informer.addEventHandler(this);
            informer.exceptionHandler((started, problem) -> started);
        }
        try {
            fresh.forEach(this::listed);
        } catch (ClusterUnavailable e) {
            fresh.forEach(SharedIndexInformer::close);
            throw e;
        }
        var stale = informers;
        informers = List.copyOf(fresh);
        for (var informer : stale) {
            informer.close();
            informer.getStore().list().stream()
                    .filter(resource -> cached(key(resource)).isEmpty())
                    .forEach(resource -> onDelete(resource, true));
        }
    }

    private Key key(GenericKubernetesResource resource) {
        return new Key(
                kind,
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName());
    }

    private void listed(SharedIndexInformer<GenericKubernetesResource> informer) {
        var problem = "cannot watch " + kind.resource() + " (" + kind.apiVersion() + ")";
        try {
            informer.start().toCompletableFuture().get(FIRST_LIST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new ClusterUnavailable(problem + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new ClusterUnavailable(problem + ": no answer in " + FIRST_LIST.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterUnavailable(problem + ": interrupted", e);
        }
    }

    void listen(ChangeListener listener) {
        listeners.add(listener);
        for (var object : list()) {
            listener.changed(Optional.empty(), Optional.of(object));
        }
    }

    void wrote(Key key, String resourceVersion) {
        written.put(key, number(resourceVersion));
    }

    /// What is known; empty if that may be older than what we wrote ourselves.
    Optional<Optional<KubeObject>> get(Key key) {
        var cached = cached(key);
        var ours = written.get(key);
        if (ours == null) {
            return Optional.of(cached.map(this::object));
        }
        long seen = cached.map(resource -> number(resource.getMetadata().getResourceVersion()))
                .orElse(-1L);
        if (seen < ours) {
            return Optional.empty();
        }
        written.remove(key, ours);
        return Optional.of(cached.map(this::object));
    }

    /// The API server says that it is gone: there is nothing newer to wait for.
    void gone(Key key) {
        written.remove(key);
    }

    List<KubeObject> list() {
        var objects = new ArrayList<KubeObject>();
        for (var informer : informers) {
            for (var resource : informer.getStore().list()) {
                objects.add(object(resource));
            }
        }
        return objects;
    }

    private Optional<GenericKubernetesResource> cached(Key key) {
        var name = Cache.namespaceKeyFunc(key.namespace(), key.name());
        for (var informer : informers) {
            var found = informer.getStore().getByKey(name);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    // Lists need not be versioned by numbers, but every object of kube-apiserver is.
    private static long number(@Nullable String resourceVersion) {
        try {
            return resourceVersion == null ? -1 : Long.parseLong(resourceVersion);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private KubeObject object(GenericKubernetesResource resource) {
        return new KubeObject(client.getKubernetesSerialization().convertValue(resource, ObjectNode.class));
    }

    @Override
    public void onAdd(GenericKubernetesResource added) {
        tell(Optional.empty(), Optional.of(added));
    }

    @Override
    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
        tell(Optional.of(before), Optional.of(after));
    }

    @Override
    public void onDelete(GenericKubernetesResource deleted, boolean unknown) {
        tell(Optional.of(deleted), Optional.empty());
    }

    private void tell(Optional<GenericKubernetesResource> before, Optional<GenericKubernetesResource> after) {
        for (var listener : listeners) {
            try {
                listener.changed(before.map(this::object), after.map(this::object));
            } catch (IllegalStateException | IllegalArgumentException e) {
                LOG.warn("a listener of {} failed", kind.resource(), e);
            }
        }
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }
}
