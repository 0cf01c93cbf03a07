package dev.haldane.postrender.rules;

import dev.haldane.postrender.candidate.OwnRoutes;
import dev.haldane.postrender.candidate.PreviewRoutes;
import dev.haldane.postrender.candidate.Selector;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Document.Removal;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.ScalarType;
import dev.haldane.postrender.manifest.Node.Sequence;
import dev.haldane.postrender.manifest.Node.Style;
import dev.haldane.postrender.rule.Marks;
import dev.haldane.postrender.rule.Objects;
import dev.haldane.postrender.rule.Outcome;
import dev.haldane.postrender.rule.Rendering;
import dev.haldane.postrender.rule.Report;
import dev.haldane.postrender.rule.StreamText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes out of a stream what the rules have put in: added objects go, the replicas and the Service's selector come
/// back. What was spliced comes back byte for byte. What a rule has dropped, an API version that no cluster serves,
/// or a label that has another value now, does not: nothing in the text says so.
public final class Uninject {
    private static final String RULE = "uninject";
    private static final List<String> ANNOTATIONS = List.of("metadata", "annotations");

    private Uninject() {}

    /// @param sourceName for the report and errors
    public static Rendering undo(String stream, String sourceName) {
        var outcomes = new ArrayList<Outcome>();
        var kept = new ArrayList<Document>();
        for (Document document : Document.split(stream, sourceName)) {
            var objects = Objects.in(document);
            boolean added = !objects.isList() && objects.manifests().stream().anyMatch(Marks::isInjected);
            if (added) {
                objects.manifests().forEach(manifest -> outcomes.add(dropped(manifest)));
                if (document.text().contains(StreamText.NO_LINE_BREAK) && !kept.isEmpty()) {
                    kept.add(kept.removeLast().withoutLastBreak());
                }
            } else {
                kept.add(undone(document, objects, outcomes));
            }
        }
        return new Rendering(Document.join(kept), new Report(sourceName, outcomes));
    }

    private static Outcome dropped(Manifest manifest) {
        return new Outcome.Dropped(Outcome.Subject.of(manifest), RULE, "it was added by haldane");
    }

    private static Document undone(Document document, Objects objects, List<Outcome> outcomes) {
        boolean remarked = document.restored() != document;
        var after = new ArrayList<Manifest>();
        for (Manifest manifest : objects.manifests()) {
            if (Marks.isInjected(manifest)) {
                outcomes.add(dropped(manifest));
                continue;
            }
            var undone = undone(manifest, remarked);
            if (!undone.equals(manifest)) {
                outcomes.add(new Outcome.Changed(Outcome.Subject.of(manifest), RULE, "as it was before"));
            }
            after.add(undone);
        }
        return after.equals(objects.manifests())
                ? document
                : document.becomes(objects.with(after), Removal.DELETE).restored();
    }

    /// @param remarked whether the text still holds what was put out of use, which then comes back by itself
    private static Manifest undone(Manifest manifest, boolean remarked) {
        var replicas = manifest.annotation(Marks.REPLICAS);
        if (replicas.isPresent()) {
            var without = without(manifest, Marks.REPLICAS);
            // One is what Kubernetes takes for none, and what was written down where none stood.
            return remarked
                            || replicas.get().equals("1")
                            || manifest.at("spec", "replicas").isPresent()
                    ? without
                    : without.with(
                            List.of("spec", "replicas"), new Scalar(ScalarType.INTEGER, replicas.get(), Style.PLAIN));
        }
        return switch (manifest.annotation(Marks.CHANGED).orElse("")) {
            case "selector" -> withSelector(without(manifest, Marks.CHANGED));
            case "http" -> withRoutes(without(manifest, Marks.CHANGED));
            case "route", "weight" -> PreviewRoutes.undone(manifest);
            case "preview" -> without(without(manifest, Marks.CHANGED), Marks.PREVIEW);
            default -> manifest;
        };
    }

    private static Manifest withSelector(Manifest service) {
        for (String key : Selector.KEYS) {
            var value = service.text("spec", "selector", key).orElse("");
            if (value.endsWith(Marks.PRIMARY)) {
                var original = value.substring(0, value.length() - Marks.PRIMARY.length());
                return service.with(List.of("spec", "selector", key), original);
            }
        }
        return service;
    }

    private static Manifest withRoutes(Manifest route) {
        List<Node> rules = route.root().items("spec", "http").stream()
                .filter(rule -> !OwnRoutes.isAdded(rule))
                .toList();
        var undone = route.with(List.of("spec", "http"), new Sequence(rules));
        Optional<String> name = route.annotation(Marks.ORIGINAL_NAME);
        return name.isPresent()
                ? without(undone, Marks.ORIGINAL_NAME).with(List.of("metadata", "name"), name.get())
                : undone;
    }

    /// Without the annotation, and without the map if there was nothing else in it.
    private static Manifest without(Manifest manifest, String annotation) {
        var path = new ArrayList<>(ANNOTATIONS);
        path.add(annotation);
        var without = manifest.without(path);
        return without.root().map("metadata", "annotations").entries().isEmpty()
                ? without.without(ANNOTATIONS)
                : without;
    }
}
