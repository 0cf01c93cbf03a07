package dev.haldane.webhook.doctor;

import dev.haldane.postrender.rule.Marks;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whether the namespaces with canaries, and those that ask for them, have Istio's sidecars: without them there is
/// nothing that splits requests.
record NamespaceCheck(KubernetesClient client) implements Check {

    @Override
    public String subject() {
        return "namespaces";
    }

    @Override
    public List<Finding> look() {
        var namespaces = client.namespaces().list().getItems();
        var concerned = new TreeSet<>(withCanaries());
        namespaces.stream()
                .filter(namespace ->
                        labels(namespace).getOrDefault(Marks.INJECT, "").equals("true"))
                .map(namespace -> namespace.getMetadata().getName())
                .forEach(concerned::add);
        if (concerned.isEmpty()) {
            return List.of(Finding.warning(
                    subject(),
                    "none has a Canary, and none asks for one",
                    "kubectl label namespace jx-production " + Marks.INJECT + "=true"));
        }
        return namespaces.stream()
                .filter(namespace -> concerned.contains(namespace.getMetadata().getName()))
                .map(NamespaceCheck::look)
                .toList();
    }

    private Set<String> withCanaries() {
        return client
                .genericKubernetesResources("flagger.app/v1beta1", "Canary")
                .inAnyNamespace()
                .list()
                .getItems()
                .stream()
                .map(GenericKubernetesResource::getMetadata)
                .map(meta -> meta.getNamespace())
                .collect(Collectors.toSet());
    }

    private static Finding look(Namespace namespace) {
        var name = namespace.getMetadata().getName();
        var labels = labels(namespace);
        var subject = "namespace " + name;
        if (labels.containsKey("istio.io/rev")
                || labels.getOrDefault("istio-injection", "").equals("enabled")) {
            return Finding.ok(subject, "gets Istio's sidecars");
        }
        return Finding.warning(
                subject,
                "gets no sidecars of Istio, so its own calls are not split, and there are no metrics to judge by",
                "kubectl label namespace " + name + " istio-injection=enabled, then restart its Pods");
    }

    private static Map<String, String> labels(Namespace namespace) {
        var labels = namespace.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
