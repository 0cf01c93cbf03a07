package dev.haldane.postrender.manifest;

import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.manifest.Node.Mapping;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One document of a stream, which keeps its text: until it [#becomes] something else it is written back exactly as
/// it was read, and even then only the changed places differ. Its text is parsed when somebody asks what it says, and
/// a text that is not YAML is a [UserError] then, with the name of the stream and the line in it.
public final class Document {

    /// What happens to the lines of a key that goes.
    public enum Removal {
        DELETE,
        /// They stay as comments, behind [Splice#REMARK], so that they can be put back byte for byte.
        COMMENT
    }

    private final String text;
    private final String stream;
    private final int firstLine;
    private final boolean printedAnew;
    private boolean parsed;
    private @Nullable Placed tree;

    private Document(String text, String stream, int firstLine, boolean printedAnew) {
        this.text = text;
        this.stream = stream;
        this.firstLine = firstLine;
        this.printedAnew = printedAnew;
    }

    /// The documents of a stream; joined again they are the stream.
    ///
    /// `---` at column 0 is forbidden inside a scalar, so that a look at the line starts is a correct splitter
    /// ([YAML 1.2.2, 9.1.2](https://yaml.org/spec/1.2.2/#912-document-markers)).
    ///
    /// @param name of the stream, for errors
    public static List<Document> split(String stream, String name) {
        var documents = new ArrayList<Document>();
        int from = 0;
        int fromLine = 1;
        int line = 1;
        for (int at = 0; at < stream.length(); line++) {
            if (at > from && isMarker(stream, at) && !endsInDirective(stream, from, at)) {
                documents.add(new Document(stream.substring(from, at), name, fromLine, false));
                from = at;
                fromLine = line;
            }
            int end = stream.indexOf('\n', at);
            at = end < 0 ? stream.length() : end + 1;
        }
        documents.add(new Document(stream.substring(from), name, fromLine, false));
        return documents;
    }

    /// The inverse of [#split]. A document that follows another starts on a line of its own.
    public static String join(List<Document> documents) {
        var out = new StringBuilder();
        for (Document document : documents) {
            if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
                out.append('\n');
            }
            out.append(document.text);
        }
        return out.toString();
    }

    /// A new document that says `root`.
    ///
    /// @param comments lines between marker and content, without `# `
    /// @param eol      `\n` or `\r\n`
    public static Document of(Mapping root, List<String> comments, String eol) {
        var text = new StringBuilder("---").append(eol);
        comments.forEach(comment -> text.append("# ").append(comment).append(eol));
        return new Document(text.append(new YamlWriter(eol).document(root)).toString(), "", 1, false);
    }

    /// UTF-8 and nothing else.
    public static String decode(byte[] bytes, String name) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text; // the sign that stands for what is not UTF-8, and rarely for itself
        }
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var in = ByteBuffer.wrap(bytes);
        try {
            return decoder.decode(in).toString();
        } catch (CharacterCodingException e) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw UserError.input(
                    name + ":" + line + ": not UTF-8" + (isUtf16(bytes) ? " but UTF-16" : "") + ", at byte "
                            + in.position(),
                    "Kubernetes reads UTF-8 only: convert the file");
        }
    }

    private static boolean isUtf16(byte[] bytes) {
        return bytes.length > 1
                && ((bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe)
                        || (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff));
    }

    public String text() {
        return text;
    }

    /// The line of the stream in which the text starts, from 1.
    public int firstLine() {
        return firstLine;
    }

    /// The line of the stream in which a key stands, for errors; that of the last one that is there if it is not.
    ///
    /// @param path keys from the root; items of lists by their number, from 0
    public int lineOf(List<String> path) {
        var here = tree();
        int at = here.map(Placed::start).orElse(0);
        for (String step : path) {
            var field = here.flatMap(
                    p -> p.entries().stream().filter(f -> f.name().equals(step)).reduce((_, last) -> last));
            var item = here.filter(p -> step.matches("\\d+")
                            && Integer.parseInt(step) < p.items().size())
                    .map(p -> p.items().get(Integer.parseInt(step)));
            var key = field.map(Placed.Field::key).or(() -> item);
            here = field.map(Placed.Field::value).or(() -> item);
            at = key.map(Placed::start).filter(start -> start >= 0).orElse(at);
        }
        return firstLine
                + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    /// Whether a change could not be spliced into the text, so that comments and layout are lost.
    public boolean printedAnew() {
        return printedAnew;
    }

    /// What the text says; empty where there are only comments or blanks.
    public Optional<Node> root() {
        return tree().map(Placed::node)
                .filter(node -> !(node instanceof Node.Scalar s && s.type() == Node.ScalarType.NULL));
    }

    /// The kind of its object, if that can be told without parsing: then the text surely is well-formed.
    public Optional<String> glance() {
        return parsed ? Optional.empty() : CommonYaml.kind(text);
    }

    /// The object, if the text holds one.
    public Optional<Manifest> manifest() {
        return root().filter(Mapping.class::isInstance).map(node -> new Manifest((Mapping) node));
    }

    public String eol() {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }

    /// This document, saying `after`.
    public Document becomes(Mapping after, Removal removal) {
        var before = tree().orElseThrow();
        if (before.node().equals(after)) {
            return this;
        }
        var spliced = Splice.between(text, before, after, removal).filter(candidate -> says(candidate, after));
        if (spliced.isPresent()) {
            return new Document(spliced.get(), stream, firstLine, printedAnew);
        }
        var anew = header(before.start()) + new YamlWriter(eol()).document(after);
        if (!says(anew, after)) {
            if (hasOwnTag(after)) {
                throw UserError.input(
                        stream + ":" + firstLine + ": " + new Manifest(after).label()
                                + " has to be printed anew, which would lose a tag (`!…`) in it",
                        "Write the value without its tag.");
            }
            throw new IllegalStateException(stream + ":" + firstLine + ": cannot write " + new Manifest(after).label());
        }
        return new Document(anew, stream, firstLine, true);
    }

    /// This document with the lines back in use that [Removal#COMMENT] has put out of use.
    public Document restored() {
        var out = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int next = text.indexOf('\n', at) + 1;
            int end = next == 0 ? text.length() : next;
            int mark = at;
            while (mark < end && " \uFEFF".indexOf(text.charAt(mark)) >= 0) {
                mark++;
            }
            if (text.startsWith(Splice.REMARK, mark)) {
                out.append(text, at, mark).append(text, mark + Splice.REMARK.length(), end);
            } else {
                out.append(text, at, end);
            }
            at = end;
        }
        return out.length() == text.length() ? this : new Document(out.toString(), stream, firstLine, printedAnew);
    }

    /// This document without its last line break.
    public Document withoutLastBreak() {
        int length = text.length() - (text.endsWith("\r\n") ? 2 : text.endsWith("\n") ? 1 : 0);
        return new Document(text.substring(0, length), stream, firstLine, printedAnew);
    }

    /// Whoever edits text checks what he wrote. It may be no YAML at all: an anchor went, and its aliases did not.
    private boolean says(String candidate, Node wanted) {
        try {
            return Yaml.compose(candidate, stream, firstLine)
                    .map(Placed::node)
                    .filter(wanted::equals)
                    .isPresent();
        } catch (UserError _) {
            return false;
        }
    }

    private static boolean hasOwnTag(Node node) {
        return switch (node) {
            case Node.Scalar s -> s.type() == Node.ScalarType.OTHER;
            case Mapping m -> m.entries().values().stream().anyMatch(Document::hasOwnTag);
            case Node.Sequence s -> s.items().stream().anyMatch(Document::hasOwnTag);
        };
    }

    private Optional<Placed> tree() {
        if (!parsed) {
            tree = Yaml.compose(text, stream, firstLine).orElse(null);
            parsed = true;
        }
        return Optional.ofNullable(tree);
    }

    /// The marker and the comments above the first key; Helm writes `# Source:` there.
    private String header(int contentStart) {
        int line = text.lastIndexOf('\n', Math.max(0, contentStart - 1)) + 1;
        var header = text.substring(0, line);
        return header.isEmpty() && text.startsWith("---") ? "---" + eol() : header;
    }

    private static boolean isMarker(String stream, int at) {
        return stream.startsWith("---", at)
                && (at + 3 == stream.length() || " \t\r\n".indexOf(stream.charAt(at + 3)) >= 0);
    }

    /// Directives (`%YAML 1.2`) belong to the document after the marker.
    private static boolean endsInDirective(String stream, int from, int to) {
        boolean directive = false;
        for (int at = from; at < to; at = stream.indexOf('\n', at) + 1) {
            char first = stream.charAt(at);
            directive |= first == '%';
            if ("%#\r\n\uFEFF".indexOf(first) < 0) {
                return false;
            }
        }
        return directive;
    }
}
