package dev.haldane.webhook.workload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.canary.Apex;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.cluster.ClusterConflict;
import dev.haldane.webhook.cluster.Kind;
import dev.haldane.webhook.cluster.KubeObject;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The three Services of a Canary: `<apex>-primary` and `<apex>-canary`, which are ours, and `<apex>`, which is the
/// user's where there was one: of that we write the selector and nothing else.
final class ApexServices {

    private static final Logger LOG = LoggerFactory.getLogger(ApexServices.class);

    /// So that Flux does not take them away.
    private static final Map<String, String> ANNOTATIONS = Map.of(
            "kustomize.toolkit.fluxcd.io/reconcile", "disabled",
            "helm.toolkit.fluxcd.io/driftDetection", "disabled");

    private final Cluster cluster;

    ApexServices(Cluster cluster) {
        this.cluster = cluster;
    }

    void ensurePrimaryAndCanary(CanarySpec spec, RoleLabel label) {
        ensureOurs(service(spec, spec.apex().canary(), label, label), spec);
        ensureOurs(service(spec, spec.apex().primary(), label, label.primary()), spec);
    }

    private void ensureOurs(KubeObject wanted, CanarySpec spec) {
        var found = cluster.look(Kind.SERVICE, wanted.namespace(), wanted.name());
        if (found.isEmpty()) {
            create(wanted);
            return;
        }
        var service = found.get();
        if (!service.controlledBy(spec.uid())) {
            if (!service.at("spec", "selector").equals(wanted.at("spec", "selector"))) {
                throw new ClusterUnavailable("service " + wanted.name() + "." + wanted.namespace()
                        + " is somebody else's: its selector is " + service.at("spec", "selector"));
            }
            return;
        }
        mend(service, wanted);
    }

    /// Puts selector and ports right in a Service that we own. Node ports and the like are kept.
    private void mend(KubeObject service, KubeObject wanted) {
        var patch = JsonNodeFactory.instance.objectNode();
        if (!service.texts("spec", "selector").equals(wanted.texts("spec", "selector"))) {
            patch.withObject("/spec").set("selector", selectorPatch(service, wanted.texts("spec", "selector")));
        }
        var port = wanted.at("spec", "ports").path(0);
        var ports = service.at("spec", "ports");
        boolean same = ports.size() == 1
                && ports.path(0).path("port").equals(port.path("port"))
                && ports.path(0).path("name").equals(port.path("name"))
                && ports.path(0)
                        .path("targetPort")
                        .asText()
                        .equals(port.path("targetPort").asText());
        if (!same) {
            patch.withObject("/spec").set("ports", wanted.at("spec", "ports"));
        }
        if (!patch.isEmpty()) {
            LOG.info("service {}.{} is put right: {}", service.name(), service.namespace(), patch);
            cluster.merge(Kind.SERVICE, service.namespace(), service.name(), patch);
        }
    }

    /// Points the apex Service at the primary's pods.
    ///
    /// @param primary the primary's Deployment
    void ensureApex(CanarySpec spec, RoleLabel label, KubeObject primary) {
        var name = spec.apex().name();
        var wanted = service(spec, name, label, label.primary());
        var found = cluster.look(Kind.SERVICE, spec.id().namespace(), name);
        if (found.isEmpty()) {
            create(wanted);
            return;
        }
        if (found.get().controlledBy(spec.uid())) {
            mend(found.get(), wanted);
            return;
        }
        var selector = pointed(found.get(), label, primary);
        if (!selector.equals(found.get().texts("spec", "selector"))) {
            var patch = JsonNodeFactory.instance.objectNode();
            patch.putObject("spec").set("selector", selectorPatch(found.get(), selector));
            cluster.mergeUntraced(Kind.SERVICE, spec.id().namespace(), name, patch);
            LOG.info("service {}.{} leads to {} now", name, spec.id().namespace(), primary.name());
        }
    }

    /// The user's selector with the primary's role. What else it asks for stays if the primary's pods have it, as it
    /// stays in injected manifests; what they do not have would leave the Service without a pod.
    private static Map<String, String> pointed(KubeObject service, RoleLabel label, KubeObject primary) {
        var pods = primary.texts("spec", "template", "metadata", "labels");
        var selector = new TreeMap<>(service.texts("spec", "selector"));
        selector.entrySet().removeIf(entry -> !entry.getValue().equals(pods.get(entry.getKey())));
        selector.put(label.key(), label.primary().value());
        return selector;
    }

    /// A merge patch that leads from the Service's selector to this one.
    private static ObjectNode selectorPatch(KubeObject service, Map<String, String> wanted) {
        var patch = KubeObject.object(wanted);
        for (var key : service.texts("spec", "selector").keySet()) {
            if (!wanted.containsKey(key)) {
                patch.putNull(key);
            }
        }
        return patch;
    }

    private void create(KubeObject service) {
        try {
            cluster.create(Kind.SERVICE, service);
        } catch (ClusterConflict e) {
            LOG.debug("made by another meanwhile", e);
        }
    }

    private static KubeObject service(CanarySpec spec, String name, RoleLabel label, RoleLabel selected) {
        var body = JsonNodeFactory.instance.objectNode();
        body.set("selector", KubeObject.object(selected.selector()));
        body.putArray("ports").add(port(spec.apex()));
        var owner = spec.ref();
        return KubeObject.named(Kind.SERVICE, spec.id().namespace(), name)
                .ownedBy(owner.apiVersion(), Kind.CANARY.kind(), owner.id().name(), owner.uid())
                .with(Map.of(label.key(), name), "metadata", "labels")
                .with(ANNOTATIONS, "metadata", "annotations")
                .with(body, "spec");
    }

    private static ObjectNode port(Apex apex) {
        var port = JsonNodeFactory.instance
                .objectNode()
                .put("name", apex.portName())
                .put("protocol", "TCP")
                .put("port", apex.port());
        if (apex.targetPort().chars().allMatch(Character::isDigit)) {
            return port.put("targetPort", Integer.parseInt(apex.targetPort()));
        }
        return port.put("targetPort", apex.targetPort());
    }
}
