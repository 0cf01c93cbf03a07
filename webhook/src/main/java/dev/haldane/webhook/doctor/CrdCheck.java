package dev.haldane.webhook.doctor;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/// The kinds that the server cannot live without, in the versions that it reads.
record CrdCheck(KubernetesClient client) implements Check {

    private static final String OURS =
            "helm show crds charts/haldane | kubectl apply --server-side --force-conflicts -f -";
    private static final String ISTIO = "install Istio: https://istio.io/latest/docs/setup/install/";

    private static final List<Needed> NEEDED = List.of(
            new Needed("canaries.flagger.app", List.of("v1beta1", "v1alpha3", "v1alpha2"), OURS),
            new Needed("metrictemplates.flagger.app", List.of("v1beta1"), OURS),
            new Needed("alertproviders.flagger.app", List.of("v1beta1"), OURS),
            new Needed("virtualservices.networking.istio.io", List.of("v1"), ISTIO),
            new Needed("destinationrules.networking.istio.io", List.of("v1"), ISTIO));

    private record Needed(String name, List<String> versions, String remedy) {}

    @Override
    public String subject() {
        return "CRDs";
    }

    @Override
    public List<Finding> look() {
        return NEEDED.stream().map(this::look).toList();
    }

    private Finding look(Needed needed) {
        var subject = "CRD " + needed.name();
        var definition = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(needed.name())
                .get();
        if (definition == null) {
            return Finding.wrong(subject, "is missing", needed.remedy());
        }
        var served = definition.getSpec().getVersions().stream()
                .filter(version -> Boolean.TRUE.equals(version.getServed()))
                .map(CustomResourceDefinitionVersion::getName)
                .toList();
        var missing = needed.versions().stream()
                .filter(version -> !served.contains(version))
                .toList();
        return missing.isEmpty()
                ? Finding.ok(subject, "serves " + String.join(", ", served))
                : Finding.warning(
                        subject,
                        "serves " + String.join(", ", served) + ", not " + String.join(", ", missing),
                        needed.remedy());
    }
}
