package dev.haldane.postrender.rule;

import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What is wrong with a document that nobody asked us to repair.
final class Complaints {
    private static final String RULE = "input";

    private Complaints() {}

    static List<Outcome> about(Document document) {
        var complaints = new ArrayList<Outcome>();
        document.root().ifPresent(root -> {
            if (root instanceof Mapping mapping) {
                var subject = Outcome.Subject.of(new Manifest(mapping));
                for (String path : isDoubled(root) ? doubled(root, "", new ArrayList<>()) : List.<String>of()) {
                    complaints.add(new Outcome.Broken(
                            subject, RULE, "the key " + path + " stands twice; the last one counts, both were left"));
                }
            } else {
                var subject = new Outcome.Subject("", "Document", "", "line " + document.firstLine());
                complaints.add(new Outcome.Broken(subject, RULE, "not a Kubernetes object"));
            }
        });
        return complaints;
    }

    /// Whether a key stands twice anywhere: almost never, and where it does is only asked then.
    private static boolean isDoubled(Node node) {
        return switch (node) {
            case Scalar _ -> false;
            case Sequence(var items) -> isAnyDoubled(items);
            case Mapping(var entries, var doubled) -> !doubled.isEmpty() || isAnyDoubled(entries.values());
        };
    }

    private static boolean isAnyDoubled(Collection<Node> nodes) {
        for (Node node : nodes) {
            if (isDoubled(node)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> doubled(Node node, String path, List<String> found) {
        switch (node) {
            case Scalar _ -> {}
            case Sequence(var items) -> {
                for (int i = 0; i < items.size(); i++) {
                    doubled(items.get(i), path + "[" + i + "]", found);
                }
            }
            case Mapping(var entries, var doubled) -> {
                var prefix = path.isEmpty() ? "" : path + ".";
                doubled.stream().sorted().forEach(key -> found.add(prefix + key));
                entries.forEach((key, value) -> doubled(value, prefix + key, found));
            }
        }
        return found;
    }
}
