package dev.haldane.webhook.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.haldane.webhook.canary.CanaryRef;
import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.canary.Revision;
import dev.haldane.webhook.cluster.Kind;
import dev.haldane.webhook.cluster.KubeObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `<target>-primary` as an object: made from a target, given another revision, read.
final class Primary {

    /// On the primary: the revision that it was given.
    static final String REVISION = "haldane.dev/revision";

    /// Besides the template, what a promotion takes over.
    private static final List<String> ALSO_COPIED =
            List.of("progressDeadlineSeconds", "minReadySeconds", "revisionHistoryLimit", "strategy");

    /// Annotations that say something of the target alone: who has applied it, and how.
    private static final List<String> NOT_COPIED = List.of(
            "toolkit.fluxcd.io",
            "kubectl.kubernetes.io/",
            "deployment.kubernetes.io/",
            "meta.helm.sh/",
            "helm.sh/",
            "postrenderer.helm.sh/",
            "argocd.argoproj.io/",
            "haldane.dev/");

    private Primary() {}

    /// A new primary that runs what the target's template says.
    static KubeObject of(KubeObject target, RoleLabel label, CanaryRef owner, int replicas) {
        var primary = KubeObject.named(Kind.DEPLOYMENT, target.namespace(), target.name() + "-primary")
                .ownedBy(owner.apiVersion(), Kind.CANARY.kind(), owner.id().name(), owner.uid())
                .with(Map.of(label.key(), label.primary().value()), "metadata", "labels")
                .with(label.primary().selector(), "spec", "selector", "matchLabels");
        return withReplicas(promoted(primary, target, label), replicas);
    }

    /// The primary with what the target's template says. The same object if it runs that already.
    static KubeObject promoted(KubeObject primary, KubeObject target, RoleLabel label) {
        var annotations = new TreeMap<>(primary.texts("metadata", "annotations"));
        target.texts("metadata", "annotations").forEach((key, value) -> {
            if (NOT_COPIED.stream().noneMatch(key::contains)) {
                annotations.put(key, value);
            }
        });
        annotations.put(REVISION, template(target).revision().hash());
        var after = primary.with(annotations, "metadata", "annotations");
        for (var field : ALSO_COPIED) {
            var value = target.at("spec", field);
            if (!value.isMissingNode()) {
                after = after.with(value, "spec", field);
            }
        }
        return after.with(template(target).forPrimary(label).tree(), "spec", "template");
    }

    static KubeObject withReplicas(KubeObject primary, int replicas) {
        return primary.with(JsonNodeFactory.instance.numberNode(replicas), "spec", "replicas");
    }

    static PodTemplate template(KubeObject deployment) {
        JsonNode template = deployment.at("spec", "template");
        return new PodTemplate(template.isObject() ? template : JsonNodeFactory.instance.objectNode());
    }

    /// The revision that the primary was given. One that Flagger has made does not say, but can be compared.
    static Revision revision(KubeObject primary, KubeObject target, RoleLabel label) {
        var noted = primary.annotation(REVISION);
        if (!noted.isEmpty()) {
            return new Revision(noted);
        }
        var wanted = template(target).forPrimary(label);
        return wanted.sameAsFlaggers(template(primary))
                ? template(target).revision()
                : template(primary).revision();
    }

    /// A Deployment of that name need not be ours.
    static KubeObject checked(KubeObject primary, RoleLabel label) {
        var found = primary.at("spec", "selector", "matchLabels", label.key()).asText();
        if (!found.equals(label.primary().value())) {
            throw new ClusterUnavailable("deployment " + primary.name() + "." + primary.namespace()
                    + " is somebody else's: its selector has " + label.key() + "=" + found + ", a primary has "
                    + label.primary().value());
        }
        return primary;
    }
}
