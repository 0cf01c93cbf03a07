package dev.haldane.postrender.rule;

import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The text of a stream with documents added at its end.
///
/// An added document has two comments. `# Source:` is that of the document it was derived from, because
/// `helm template --show-only` picks documents by it; the other one names the rule.
public final class StreamText {
    /// Stands where a line break had to be added before the first new document.
    public static final String NO_LINE_BREAK = "haldane: the text before this had no line break at its end";

    private static final String SOURCE = "# Source: ";

    private final List<Document> documents = new ArrayList<>();
    private boolean appended;

    void keep(Document document) {
        documents.add(document);
    }

    boolean isEmpty() {
        return documents.isEmpty();
    }

    String join() {
        return Document.join(documents);
    }

    void append(Manifest manifest, List<Outcome> outcomes, Document origin) {
        var comments = new ArrayList<String>();
        if (!appended && !documents.isEmpty() && !documents.getLast().text().endsWith("\n")) {
            comments.add(NO_LINE_BREAK);
        }
        appended = true;
        source(origin).ifPresent(comments::add);
        outcomes.stream().findFirst().ifPresent(outcome -> comments.add("haldane: added by " + outcome.rule()));
        documents.add(Document.of(manifest.root(), comments, origin.eol()));
    }

    /// Helm's comment above a document: the template that it comes from.
    static Optional<String> source(Document document) {
        return document.text()
                .lines()
                .takeWhile(line -> line.startsWith("---") || line.startsWith("#") || line.isBlank())
                .filter(line -> line.startsWith(SOURCE))
                .findFirst()
                .map(line -> line.substring(2));
    }
}
