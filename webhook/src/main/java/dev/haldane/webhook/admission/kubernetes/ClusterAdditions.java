package dev.haldane.webhook.admission.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.postrender.manifest.Json;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.webhook.admission.Additions;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.cluster.ClusterConflict;
import dev.haldane.webhook.cluster.Kind;
import dev.haldane.webhook.cluster.KubeObject;
import java.util.List;
import java.util.Optional;

/// Writes Canaries and VirtualServices, the two kinds that rules add.
public final class ClusterAdditions implements Additions {

    private static final List<Kind> KINDS = List.of(Kind.CANARY, Kind.VIRTUAL_SERVICE);

    private final Cluster cluster;

    public ClusterAdditions(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public boolean add(Manifest object) {
        try {
            cluster.create(kind(object), new KubeObject(tree(object.root())));
            return true;
        } catch (ClusterConflict _) {
            return false;
        }
    }

    @Override
    public boolean change(Manifest before, Manifest after) {
        var version = before.text("metadata", "resourceVersion").orElse("");
        var patch = difference(before.root(), after.root())
                .with(List.of("metadata", "resourceVersion"), Scalar.of(version));
        try {
            cluster.mergeUntraced(kind(before), before.namespace(), before.name(), tree(patch));
            return true;
        } catch (ClusterConflict _) {
            return false;
        }
    }

    /// A merge patch ([RFC 7386](https://www.rfc-editor.org/rfc/rfc7386)).
    static Mapping difference(Mapping before, Mapping after) {
        var patch = Mapping.EMPTY;
        for (var entry : after.entries().entrySet()) {
            Optional<Node> old = before.get(entry.getKey());
            var next = entry.getValue();
            if (old.isPresent() && old.get() instanceof Mapping from && next instanceof Mapping to) {
                patch = from.equals(to) ? patch : patch.with(entry.getKey(), difference(from, to));
            } else if (!old.equals(Optional.of(next))) {
                patch = patch.with(entry.getKey(), next);
            }
        }
        for (var key : before.entries().keySet()) {
            patch = after.get(key).isPresent() ? patch : patch.with(key, Scalar.NULL);
        }
        return patch;
    }

    private static Kind kind(Manifest object) {
        return KINDS.stream()
                .filter(kind -> object.is(kind.group(), kind.kind()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no rule adds a " + object.kind()));
    }

    private static ObjectNode tree(Node node) {
        try {
            if (new ObjectMapper().readTree(Json.print(node)) instanceof ObjectNode tree) {
                return tree;
            }
            throw new IllegalArgumentException("no object: " + node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own JSON cannot be read", e);
        }
    }
}
