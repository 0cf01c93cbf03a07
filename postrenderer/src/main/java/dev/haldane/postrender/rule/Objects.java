package dev.haldane.postrender.rule;

import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.ArrayList;
import java.util.List;

/// The objects of one document: none, one, or the items of a `kind: List` (`ConfigMapList`, …).
///
/// @param root of the document; an empty map where it holds no object
public record Objects(Mapping root, boolean isList, List<Manifest> manifests) {

    public static final Objects NONE = new Objects(Mapping.EMPTY, false, List.of());

    public Objects {
        manifests = List.copyOf(manifests);
    }

    public static Objects in(Document document) {
        var manifest = document.manifest();
        if (manifest.isEmpty()) {
            return NONE;
        }
        var root = manifest.get().root();
        var items = items(manifest.get());
        return items.isEmpty() ? new Objects(root, false, List.of(manifest.get())) : new Objects(root, true, items);
    }

    /// The root with these objects in place of its own; a document that is no list has exactly one.
    public Mapping with(List<Manifest> others) {
        if (!isList) {
            return others.getFirst().root();
        }
        return root.with(
                "items",
                new Sequence(others.stream().map(other -> (Node) other.root()).toList()));
    }

    private static List<Manifest> items(Manifest list) {
        var items = new ArrayList<Manifest>();
        if (list.kind().endsWith("List")) {
            for (Node item : list.root().items("items")) {
                if (!(item instanceof Mapping root) || new Manifest(root).kind().isEmpty()) {
                    return List.of();
                }
                items.add(new Manifest(root));
            }
        }
        return items;
    }
}
