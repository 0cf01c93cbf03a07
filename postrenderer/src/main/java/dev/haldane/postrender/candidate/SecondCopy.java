package dev.haldane.postrender.candidate;

import static dev.haldane.postrender.candidate.Qualification.unfit;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Marks;
import dev.haldane.postrender.rule.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Whether a second copy of a Deployment's pods can run beside the first, of another version and measured by itself.
/// These are matters of judgement, so that `haldane.dev/inject: "true"` overrules them.
final class SecondCopy {
    private static final Set<String> ONE_NODE = Set.of("ReadWriteOnce", "ReadWriteOncePod");
    private static final String SIDECAR = "sidecar.istio.io/inject";

    private final Manifest deployment;
    private final Bundle bundle;

    SecondCopy(Manifest deployment, Bundle bundle) {
        this.deployment = deployment;
        this.bundle = bundle;
    }

    Optional<Qualification> obstacle() {
        if (deployment.annotation(Marks.INJECT).filter("true"::equals).isPresent()) {
            return Optional.empty();
        }
        if (deployment
                .text("spec", "strategy", "type")
                .filter("Recreate"::equals)
                .isPresent()) {
            return Optional.of(unfit(Reason.RECREATE));
        }
        if (isOnHost()) {
            return Optional.of(unfit(Reason.ON_HOST));
        }
        if (hasNoSidecar()) {
            return Optional.of(unfit(Reason.NO_SIDECAR));
        }
        return singleVolume().map(claim -> unfit(Reason.SINGLE_VOLUME, claim.label()));
    }

    private boolean isOnHost() {
        boolean network = podSpec("hostNetwork").filter("true"::equals).isPresent();
        return network
                || Stream.of("containers", "initContainers")
                        .flatMap(field -> deployment.root().items("spec", "template", "spec", field).stream())
                        .flatMap(container -> container.items("ports").stream())
                        .anyMatch(port -> !port.text("hostPort").orElse("0").equals("0"));
    }

    private Optional<String> podSpec(String field) {
        return deployment.text("spec", "template", "spec", field);
    }

    /// A label since Istio 1.10, an annotation before.
    private boolean hasNoSidecar() {
        return Stream.of("labels", "annotations")
                .flatMap(map -> deployment.text("spec", "template", "metadata", map, SIDECAR).stream())
                .anyMatch("false"::equals);
    }

    /// Of a claim that stands elsewhere nobody here knows how it is mounted.
    private Optional<Manifest> singleVolume() {
        return deployment.root().items("spec", "template", "spec", "volumes").stream()
                .flatMap(volume -> volume.text("persistentVolumeClaim", "claimName").stream())
                .flatMap(name -> bundle.find("", "PersistentVolumeClaim", name, deployment).stream())
                .filter(SecondCopy::isForOneNode)
                .findFirst();
    }

    private static boolean isForOneNode(Manifest claim) {
        List<Node> modes = claim.root().items("spec", "accessModes");
        return !modes.isEmpty()
                && modes.stream().allMatch(mode -> mode instanceof Scalar s && ONE_NODE.contains(s.text()));
    }
}
