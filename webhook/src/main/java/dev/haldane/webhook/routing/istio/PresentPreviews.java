package dev.haldane.webhook.routing.istio;

import dev.haldane.webhook.canary.CanaryId;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.Preview;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.cluster.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Previews come and go: a route to a Service that is not there answers 503, so that only those count whose Service
/// exists. What the others were to get stays with production.
final class PresentPreviews {

    private static final Logger LOG = LoggerFactory.getLogger(PresentPreviews.class);

    /// Until each Envoy knows a new Service. Kubernetes' times have whole seconds.
    private static final Duration KNOWN_TO_ENVOY = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final Map<CanaryId, List<Preview>> absent = new ConcurrentHashMap<>();

    /// Starts to watch Services.
    PresentPreviews(Cluster cluster) {
        this.cluster = cluster.watch(Kind.SERVICE);
    }

    List<Preview> of(CanarySpec spec) {
        var wanted = spec.apex().previews();
        var present = wanted.stream().filter(preview -> isThere(spec, preview)).toList();
        var missing =
                wanted.stream().filter(preview -> !present.contains(preview)).toList();
        var before = missing.isEmpty() ? absent.remove(spec.id()) : absent.put(spec.id(), missing);
        if (!missing.isEmpty() && !missing.equals(before)) {
            LOG.warn(
                    "{}: no Service {} in the namespace of {}, whose percent stay with production",
                    spec.id(),
                    spec.apex().name(),
                    missing);
        }
        return present;
    }

    private boolean isThere(CanarySpec spec, Preview preview) {
        return cluster.look(Kind.SERVICE, preview.namespace(), spec.apex().name())
                .map(service -> Instant.parse(
                        service.at("metadata", "creationTimestamp").asText()))
                .filter(made -> Instant.now().isAfter(made.plus(KNOWN_TO_ENVOY)))
                .isPresent();
    }
}
