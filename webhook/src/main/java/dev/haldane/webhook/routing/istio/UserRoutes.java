package dev.haldane.webhook.routing.istio;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.cluster.ClusterConflict;
import dev.haldane.webhook.cluster.Kind;
import dev.haldane.webhook.cluster.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A VirtualService that a user had before there was a Canary: it keeps its rules, its hosts and every field that we
/// do not know; only rules that lead to the apex Service share their requests from now on.
final class UserRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(UserRoutes.class);

    /// What `spec` was before, as JSON, for the way back.
    static final String ORIGINAL = "haldane.dev/original-spec";

    /// While no Envoy has the entry yet, the hosts must not go. Kubernetes' times have whole seconds.
    private static final Duration ENTRY_IN_FORCE = Duration.ofSeconds(2);

    private final Cluster cluster;

    UserRoutes(Cluster cluster) {
        this.cluster = cluster;
    }

    void ensure(CanarySpec spec, Split split, KubeObject found) {
        var patch = JsonNodeFactory.instance.objectNode();
        var http = found.at("spec", "http");
        var notes = RouteNotes.of(found);
        var weight = split.weight(http, notes.weight());
        if (weight.isEmpty()) {
            takeOver(split, found, patch);
        } else if (!split.weighted(http, weight.get(), notes.previews()).equals(http)) {
            patch.withObject("/spec").set("http", split.weighted(http, weight.get(), notes.previews()));
        } else if (spec.apex().delegation() && hasHosts(found) && entryInForce(found)) {
            patch.withObject("/spec").putNull("hosts").putNull("gateways");
        }
        if (weight.isPresent()) {
            var after = split.weighted(http, weight.get(), notes.previews());
            RouteNotes.patch(patch, found, split.notes(after, weight.get()));
        }
        if (patch.isEmpty()) {
            return;
        }
        if (found.annotation(ORIGINAL).isEmpty()) {
            patch.withObject("/metadata/annotations")
                    .put(ORIGINAL, found.at("spec").toString());
        }
        patch.withObject("/metadata").put("resourceVersion", found.resourceVersion());
        try {
            cluster.mergeUntraced(Kind.VIRTUAL_SERVICE, found.namespace(), found.name(), patch);
            LOG.info("virtual service {}.{} is taken over", found.name(), found.namespace());
        } catch (ClusterConflict e) {
            LOG.debug("changed by another meanwhile", e);
        }
    }

    private static void takeOver(Split split, KubeObject found, ObjectNode patch) {
        var rules = split.takenOver(found.at("spec", "http"));
        if (split.weight(rules, Optional.empty()).isEmpty()) {
            throw new ClusterUnavailable("VirtualService " + found.name() + "." + found.namespace()
                    + " does not contain routes for " + split.apex().primary() + " and "
                    + split.apex().canary() + ", and none to " + split.apex().name() + " alone");
        }
        patch.withObject("/spec").set("http", rules);
    }

    private static boolean hasHosts(KubeObject found) {
        return found.at("spec", "hosts").size() > 0;
    }

    /// Entry first and hosts away after: the other way round requests find no route at all in between.
    private boolean entryInForce(KubeObject delegate) {
        var entry = entry(delegate)
                .orElseThrow(() -> new ClusterUnavailable("VirtualService " + delegate.name() + "."
                        + delegate.namespace() + " has hosts, but spec.service.delegation is true and no"
                        + " VirtualService delegates to it"));
        var made = Instant.parse(entry.at("metadata", "creationTimestamp").asText());
        return Instant.now().isAfter(made.plus(ENTRY_IN_FORCE));
    }

    private Optional<KubeObject> entry(KubeObject delegate) {
        return cluster.list(Kind.VIRTUAL_SERVICE).stream()
                .filter(candidate -> delegates(candidate, delegate))
                .findFirst();
    }

    private static boolean delegates(KubeObject candidate, KubeObject delegate) {
        for (var rule : candidate.at("spec", "http")) {
            var to = rule.path("delegate");
            if (to.path("name").asText().equals(delegate.name())
                    && to.path("namespace").asText(candidate.namespace()).equals(delegate.namespace())) {
                return true;
            }
        }
        return false;
    }
}
