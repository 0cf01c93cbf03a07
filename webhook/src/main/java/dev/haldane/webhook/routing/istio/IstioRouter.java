package dev.haldane.webhook.routing.istio;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.canary.Weight;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.cluster.ClusterConflict;
import dev.haldane.webhook.cluster.Kind;
import dev.haldane.webhook.cluster.KubeObject;
import dev.haldane.webhook.routing.TrafficRouter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Routes of an Istio mesh: VirtualService `<apex>`, with hosts and gateways or (under delegation) without, and a
/// DestinationRule for each of primary and canary. Of a VirtualService that a user owns only the weights are written,
/// once its rules have been taken over. Previews get their share of whatever is routed here.
public final class IstioRouter implements TrafficRouter {

    private static final Logger LOG = LoggerFactory.getLogger(IstioRouter.class);
    private static final int ATTEMPTS = 5;

    /// So that Flux does not take it away.
    private static final Map<String, String> ANNOTATIONS = Map.of(
            "kustomize.toolkit.fluxcd.io/reconcile", "disabled",
            "helm.toolkit.fluxcd.io/driftDetection", "disabled");

    private final Cluster cluster;
    private final UserRoutes userRoutes;
    private final PresentPreviews previews;

    /// Starts to watch VirtualServices and DestinationRules.
    ///
    /// @throws ClusterUnavailable if there are none to watch, for Istio's CRDs are missing
    public IstioRouter(Cluster cluster) {
        this.cluster = cluster.watch(Kind.VIRTUAL_SERVICE, Kind.DESTINATION_RULE);
        this.userRoutes = new UserRoutes(cluster);
        this.previews = new PresentPreviews(cluster);
    }

    @Override
    public void ensure(CanarySpec spec) {
        ensureDestinationRule(spec, spec.apex().canary());
        ensureDestinationRule(spec, spec.apex().primary());
        var found = look(spec);
        if (found.isEmpty()) {
            create(Kind.VIRTUAL_SERVICE, virtualService(spec));
        } else if (found.get().controlledBy(spec.uid())) {
            mend(spec, found.get());
        } else {
            userRoutes.ensure(spec, split(spec), found.get());
        }
    }

    private void ensureDestinationRule(CanarySpec spec, String service) {
        var body = JsonNodeFactory.instance.objectNode().put("host", service);
        var found = cluster.look(Kind.DESTINATION_RULE, spec.id().namespace(), service);
        if (found.isEmpty()) {
            create(
                    Kind.DESTINATION_RULE,
                    ours(Kind.DESTINATION_RULE, spec, service).with(body, "spec"));
        } else if (found.get().controlledBy(spec.uid())
                && !found.get().at("spec").equals(body)) {
            replace(Kind.DESTINATION_RULE, found.get().with(body, "spec"));
        }
    }

    /// Puts everything right but the weights: those say how far a run has come.
    private void mend(CanarySpec spec, KubeObject found) {
        var split = split(spec);
        var noted = RouteNotes.of(found).weight();
        var weight = split.weight(found.at("spec", "http"), noted).orElse(Weight.NONE);
        var wanted = body(split, weight);
        var patch = specPatch(found, wanted);
        RouteNotes.patch(patch, found, split.notes(wanted.path("http"), weight));
        if (patch.isEmpty()) {
            return;
        }
        patch.withObject("/metadata").put("resourceVersion", found.resourceVersion());
        try {
            cluster.merge(Kind.VIRTUAL_SERVICE, found.namespace(), found.name(), patch);
            LOG.info("virtual service {}.{} is put right, canary weight {}", found.name(), found.namespace(), weight);
        } catch (ClusterConflict e) {
            LOG.debug("changed by another meanwhile", e);
        }
    }

    /// A patch bears our name also where we are logged in as a person; admission holds what others write here.
    private static ObjectNode specPatch(KubeObject found, ObjectNode wanted) {
        var patch = JsonNodeFactory.instance.objectNode();
        var before = found.at("spec");
        for (var field : wanted.properties()) {
            if (!field.getValue().equals(before.path(field.getKey()))) {
                patch.withObject("/spec").set(field.getKey(), field.getValue());
            }
        }
        before.fieldNames().forEachRemaining(name -> {
            if (!wanted.has(name)) {
                patch.withObject("/spec").putNull(name);
            }
        });
        return patch;
    }

    @Override
    public Weight read(CanarySpec spec) {
        return look(spec)
                .flatMap(found -> live(spec)
                        .weight(found.at("spec", "http"), RouteNotes.of(found).weight()))
                .orElse(Weight.NONE);
    }

    @Override
    public void route(CanarySpec spec, Weight canary) {
        for (int attempt = 1; !routed(spec, canary); attempt++) {
            if (attempt == ATTEMPTS) {
                throw new ClusterUnavailable(name(spec) + " is written by somebody else all the time");
            }
        }
    }

    private boolean routed(CanarySpec spec, Weight canary) {
        var found = cluster.get(
                        Kind.VIRTUAL_SERVICE, spec.id().namespace(), spec.apex().name())
                .orElseThrow(() -> new ClusterUnavailable(name(spec) + " get query error: virtualservices."
                        + Kind.VIRTUAL_SERVICE.group() + " \"" + spec.apex().name() + "\" not found"));
        var before = found.at("spec", "http");
        var notes = RouteNotes.of(found);
        var split = split(spec);
        if (split.weight(before, notes.weight()).isEmpty()) {
            throw new ClusterUnavailable(name(spec) + " does not contain routes for "
                    + spec.apex().primary() + " and " + spec.apex().canary());
        }
        var after = split.weighted(before, canary, notes.previews());
        var patch = JsonNodeFactory.instance.objectNode();
        if (!after.equals(before)) {
            patch.putObject("spec").set("http", after);
        }
        RouteNotes.patch(patch, found, split.notes(after, canary));
        if (patch.isEmpty()) {
            return true;
        }
        patch.withObject("/metadata").put("resourceVersion", found.resourceVersion());
        try {
            write(spec, found, patch);
            LOG.info("{} sends {} to the canary", name(spec), canary);
            return true;
        } catch (ClusterConflict e) {
            LOG.debug("read again", e);
            return false;
        }
    }

    private void write(CanarySpec spec, KubeObject found, ObjectNode patch) {
        if (found.controlledBy(spec.uid())) {
            cluster.merge(Kind.VIRTUAL_SERVICE, found.namespace(), found.name(), patch);
        } else {
            cluster.mergeUntraced(Kind.VIRTUAL_SERVICE, found.namespace(), found.name(), patch);
        }
    }

    private Optional<KubeObject> look(CanarySpec spec) {
        return cluster.look(
                Kind.VIRTUAL_SERVICE, spec.id().namespace(), spec.apex().name());
    }

    private void create(Kind kind, KubeObject object) {
        try {
            cluster.create(kind, object);
        } catch (ClusterConflict e) {
            LOG.debug("made by another meanwhile", e);
        }
    }

    /// Somebody else's write in between is looked at in the next tick.
    private void replace(Kind kind, KubeObject object) {
        try {
            cluster.replace(kind, object);
        } catch (ClusterConflict e) {
            LOG.debug("changed by another meanwhile", e);
        }
    }

    private KubeObject virtualService(CanarySpec spec) {
        var split = split(spec);
        var body = body(split, Weight.NONE);
        var annotations = new HashMap<>(ANNOTATIONS);
        annotations.putAll(split.notes(body.path("http"), Weight.NONE));
        return ours(Kind.VIRTUAL_SERVICE, spec, spec.apex().name())
                .with(annotations, "metadata", "annotations")
                .with(body, "spec");
    }

    /// A delegate must have neither hosts nor gateways, not even empty ones.
    private static ObjectNode body(Split split, Weight canary) {
        var body = JsonNodeFactory.instance.objectNode();
        if (!split.apex().delegation()) {
            var gateways = body.putArray("gateways");
            split.apex().gateways().forEach(gateways::add);
            var hosts = body.putArray("hosts");
            split.apex().hosts().forEach(hosts::add);
        }
        return body.set("http", split.plain(canary));
    }

    private static KubeObject ours(Kind kind, CanarySpec spec, String name) {
        var owner = spec.ref();
        return KubeObject.named(kind, spec.id().namespace(), name)
                .ownedBy(owner.apiVersion(), Kind.CANARY.kind(), owner.id().name(), owner.uid());
    }

    /// With the previews that are there.
    private Split split(CanarySpec spec) {
        return new Split(spec.apex().withPreviews(previews.of(spec)), spec.id().namespace());
    }

    /// To read only, where it does not matter who gets a share.
    private static Split live(CanarySpec spec) {
        return new Split(spec.apex(), spec.id().namespace());
    }

    private static String name(CanarySpec spec) {
        return "VirtualService " + spec.apex().name() + "." + spec.id().namespace();
    }
}
