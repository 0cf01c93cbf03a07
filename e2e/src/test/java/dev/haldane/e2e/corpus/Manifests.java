package dev.haldane.e2e.corpus;

import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A stream of manifests, to be compared with another.
///
/// @param objects texts of the documents by the object in it; documents without one have none
record Manifests(int documents, Map<String, Entry> objects) {

    record Entry(String text, Manifest manifest) {}

    static Manifests of(String stream) {
        var documents = Document.split(stream, "stream");
        var objects = new LinkedHashMap<String, Entry>();
        for (var document : documents) {
            manifest(document)
                    .forEach(manifest -> objects.merge(
                            key(manifest), new Entry(document.text(), manifest), (first, second) -> second));
        }
        return new Manifests(documents.size(), objects);
    }

    private static List<Manifest> manifest(Document document) {
        try {
            return document.manifest().stream()
                    .filter(manifest -> !manifest.kind().isEmpty())
                    .toList();
        } catch (UserError unreadable) {
            return List.of();
        }
    }

    private static String key(Manifest manifest) {
        return manifest.kind() + "/" + manifest.name()
                + (manifest.namespace().isEmpty() ? "" : "." + manifest.namespace());
    }

    /// `+Canary/shop ~Deployment/shop -Release/shop-1`, in that order.
    String changesTo(Manifests after) {
        var changes = new ArrayList<String>();
        after.objects().keySet().stream()
                .filter(key -> !objects.containsKey(key))
                .forEach(key -> changes.add("+" + key));
        objects.forEach((key, entry) -> {
            var now = after.objects().get(key);
            if (now == null) {
                changes.add("-" + key);
            } else if (!now.manifest().equals(entry.manifest())) {
                changes.add("~" + key);
            }
        });
        return String.join(" ", changes);
    }

    /// Objects that say the same in another text: there must be none.
    List<String> reformatted(Manifests after) {
        return objects.entrySet().stream()
                .filter(entry -> {
                    var now = after.objects().get(entry.getKey());
                    return now != null
                            && now.manifest().equals(entry.getValue().manifest())
                            && !now.text()
                                    .strip()
                                    .equals(entry.getValue().text().strip());
                })
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
    }
}
