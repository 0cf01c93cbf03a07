package dev.haldane.postrender.rule;

import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Document.Removal;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.rule.Workbench.Piece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Streams through the rules: documents apart, objects onto the bench, and what has changed back into its text.
/// Several streams are one bundle, because a chart's objects may lie in a file each.
public final class Rewriter {
    private static final String EMPTIED = "# haldane: every document of this stream was dropped\n";

    private final Workbench bench;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<Piece, Slot> homes = new HashMap<>();

    /// One document and its objects: none, one, or the items of a `List`.
    private record Slot(int source, Document document, Objects objects, List<Piece> pieces, List<Outcome> complaints) {}

    public Rewriter(Workbench bench) {
        this.bench = bench;
    }

    public List<Rendering> rewrite(List<Source> sources) {
        for (int i = 0; i < sources.size(); i++) {
            for (Document document :
                    Document.split(sources.get(i).text(), sources.get(i).name())) {
                slots.add(slot(i, document));
            }
        }
        bench.run();
        var renderings = new ArrayList<Rendering>();
        for (int i = 0; i < sources.size(); i++) {
            renderings.add(rendering(i, sources.get(i)));
        }
        return renderings;
    }

    private Slot slot(int source, Document document) {
        if (document.glance().filter(bench::ignores).isPresent()) {
            return new Slot(source, document, Objects.NONE, List.of(), List.of());
        }
        var objects = Objects.in(document);
        var pieces = objects.manifests().stream().map(bench::put).toList();
        var slot = new Slot(source, document, objects, pieces, Complaints.about(document));
        pieces.forEach(piece -> homes.put(piece, slot));
        return slot;
    }

    private Rendering rendering(int source, Source from) {
        var outcomes = new ArrayList<Outcome>();
        var text = new StreamText();
        for (Slot slot : slots) {
            if (slot.source == source) {
                outcomes.addAll(slot.complaints);
                slot.pieces.forEach(piece -> outcomes.addAll(piece.outcomes()));
                written(slot, outcomes).forEach(text::keep);
            }
        }
        for (Piece piece : bench.added()) {
            var slot = slotOf(piece);
            if (slot.source == source) {
                outcomes.addAll(piece.outcomes());
                piece.now().ifPresent(manifest -> text.append(manifest, piece.outcomes(), slot.document));
            }
        }
        return new Rendering(text.isEmpty() ? emptied(from) : text.join(), new Report(from.name(), outcomes));
    }

    private Slot slotOf(Piece added) {
        var home = homes.get(added);
        return home != null ? home : slotOf(added.origin().orElseThrow());
    }

    private List<Document> written(Slot slot, List<Outcome> outcomes) {
        var strict = bench.wantingOneObjectADocument().map(Rule::id);
        if (strict.isPresent() && slot.objects.isList()) {
            return apart(slot, strict.get(), outcomes);
        } else if (strict.isPresent() && holdsOnlyComments(slot.document)) {
            var subject = new Outcome.Subject("", "Document", "", "line " + slot.document.firstLine());
            outcomes.add(new Outcome.Dropped(subject, strict.get(), "comments without an object"));
            return List.of();
        }
        return whole(slot, outcomes).stream().toList();
    }

    private static boolean holdsOnlyComments(Document document) {
        return document.root().isEmpty()
                && document.text().contains("#")
                && !document.text().equals(EMPTIED);
    }

    /// The objects of a list in a document each.
    private static List<Document> apart(Slot slot, String rule, List<Outcome> outcomes) {
        var list = Outcome.Subject.of(new Manifest(slot.objects.root()));
        outcomes.add(new Outcome.Changed(list, rule, "taken apart, one object a document"));
        return slot.pieces.stream()
                .flatMap(piece -> piece.now().stream())
                .map(manifest -> Document.of(
                        manifest.root(),
                        StreamText.source(slot.document).stream().toList(),
                        slot.document.eol()))
                .toList();
    }

    private static Optional<Document> whole(Slot slot, List<Outcome> outcomes) {
        if (slot.pieces.stream().noneMatch(Piece::isChanged)) {
            return Optional.of(slot.document);
        }
        var now = slot.pieces.stream().flatMap(piece -> piece.now().stream()).toList();
        return now.isEmpty() && !slot.objects.isList()
                ? Optional.empty()
                : Optional.of(becoming(slot, slot.objects.with(now), outcomes));
    }

    private static Document becoming(Slot slot, Mapping root, List<Outcome> outcomes) {
        var after = slot.document.becomes(root, removal(slot));
        if (after.printedAnew()) {
            var subject = Outcome.Subject.of(new Manifest(root));
            outcomes.add(new Outcome.Changed(
                    subject,
                    "layout",
                    "printed anew without its comments, because anchors or odd layout are in the way"));
        }
        return after;
    }

    /// What uninject brings back stays in the text as a comment; what it does not, such as a field that Kubernetes no
    /// longer has, would only come back by mistake.
    private static Removal removal(Slot slot) {
        return slot.pieces.stream().anyMatch(Piece::isUndoable) ? Removal.COMMENT : Removal.DELETE;
    }

    /// Helm 3 takes an empty answer for "delete every object of the release", so that there never is one, not even
    /// where the last object was dropped.
    private static String emptied(Source from) {
        return from.text().isBlank() ? from.text() : EMPTIED;
    }
}
