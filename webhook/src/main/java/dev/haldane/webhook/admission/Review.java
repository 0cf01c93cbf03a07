package dev.haldane.webhook.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.haldane.postrender.manifest.Manifest;
import java.util.Optional;

/// One question of the API server (`admission.k8s.io/v1` `AdmissionReview.request`), as far as we read it.
///
/// @param operation   `CREATE`, `UPDATE`, `DELETE` or `CONNECT`
/// @param subresource `""` for the object itself
/// @param namespace   `""` for objects outside namespaces
/// @param name        may be `""` at CREATE with `generateName`
/// @param object      as it would be stored, with every field that we have never heard of; a missing node at DELETE
/// @param oldObject   as it is stored; a missing node at CREATE
public record Review(
        String uid,
        String operation,
        String subresource,
        String namespace,
        String name,
        Requester requester,
        JsonNode object,
        JsonNode oldObject) {

    public boolean isWrite() {
        return subresource.isEmpty() && (operation.equals("CREATE") || operation.equals("UPDATE"));
    }

    public Optional<Manifest> newManifest() {
        return Trees.manifest(object);
    }

    public Optional<Manifest> oldManifest() {
        return Trees.manifest(oldObject);
    }

    /// For the log: `UPDATE Deployment shop/web`.
    @Override
    public String toString() {
        var kind = object.path("kind").asText("object");
        return operation + " " + kind + " " + namespace + "/" + name;
    }
}
