package dev.haldane.postrender.chart;

import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The `canary:` block in a chart's values.yaml, between two comments, and no byte changed around it.
///
/// The release pipeline rewrites each line that holds the name of the image's registry or tag as a key, comments
/// included, and `jx edit deploy` looks for `  enabled:` as the first key: so no such word, and two blanks.
final class ValuesBlock {
    static final String KEY = "canary";

    private static final String BEGIN = "# >>> haldane inject";
    private static final String END = "# <<< haldane inject";
    private static final String WITH_BREAK = ", with the line break before";
    private static final String WITH_FILE = ", with the file";

    private static final String REST = "[^\\n]*\\n(?s:.*?)\\n[ \\t]*" + END + "[^\\r\\n]*";
    private static final Pattern PLAIN =
            Pattern.compile("(?m)^[ \\t]*" + BEGIN + "(?!, with)" + REST + "(?:\\r?\\n|\\z)");
    private static final Pattern GLUED = Pattern.compile("\\r?\\n[ \\t]*" + BEGIN + WITH_BREAK + REST);
    private static final Pattern WHOLE = Pattern.compile("(?m)^" + BEGIN + WITH_FILE + REST + "(?:\\r?\\n|\\z)");
    /// A file that says `{}` and nothing else cannot have a key behind that.
    private static final Pattern NOTHING = Pattern.compile("(?m)^\\{[ \\t]*}[ \\t]*(?:#[^\\r\\n]*)?$");

    private static final String FOR = ", for ";
    private static final Pattern INSTEAD = Pattern.compile("(?m)^" + BEGIN + FOR + "([^\\r\\n]*)" + REST);
    private static final Pattern KEY_LINE = Pattern.compile("(?m)^" + KEY + "[ \\t]*:([^\\r\\n]*)(\\r?\\n|\\z)");

    private ValuesBlock() {}

    /// One entry below `canary:`: its key, and its lines, indented by nothing.
    record Entry(String key, List<String> lines) {
        Entry {
            lines = List.copyOf(lines);
        }
    }

    static boolean isIn(String values) {
        return values.contains(BEGIN);
    }

    /// values.yaml for a chart that has none.
    static String alone(List<Entry> entries) {
        return BEGIN + WITH_FILE + "\n" + block(entries, "\n") + END + "\n";
    }

    /// @throws UnsupportedShape where the block cannot be put in without changing another value
    static String into(String values, List<Entry> entries) {
        Mapping before = mapping(values);
        Optional<Node> present = before.get(KEY);
        String after = present.isEmpty() ? appended(values, entries) : merged(values, present.get(), entries);
        if (!mapping(after).without(KEY).equals(before.without(KEY))) {
            throw new UnsupportedShape(lines(values), "a block put behind the last line would change other values");
        }
        return after;
    }

    /// The values without our block; empty if the file itself is ours.
    static Optional<String> without(String values) {
        Matcher whole = WHOLE.matcher(values);
        if (whole.find()) {
            String rest = whole.replaceAll("");
            return rest.isBlank() ? Optional.empty() : Optional.of(rest);
        }
        Matcher instead = INSTEAD.matcher(values);
        if (instead.find()) {
            return Optional.of(instead.replaceFirst(found -> Matcher.quoteReplacement(found.group(1))));
        }
        return Optional.of(PLAIN.matcher(GLUED.matcher(values).replaceAll("")).replaceAll(""));
    }

    /// The values as a tree; empty where the file says nothing.
    static Mapping mapping(String values) {
        List<Document> documents = Document.split(values, "values.yaml").stream()
                .filter(document -> document.root().isPresent())
                .toList();
        if (documents.size() > 1) {
            throw new UnsupportedShape(documents.get(1).firstLine(), "values must be one document");
        }
        return documents.stream()
                .findFirst()
                .flatMap(Document::root)
                .map(root -> root instanceof Mapping mapping ? mapping : notAMap())
                .orElse(Mapping.EMPTY);
    }

    private static Mapping notAMap() {
        throw new UnsupportedShape(1, "values must be a map");
    }

    private static String appended(String values, List<Entry> entries) {
        String lineBreak = LineBreak.of(values);
        String block = block(entries, lineBreak);
        Matcher nothing = NOTHING.matcher(values);
        if (mapping(values).entries().isEmpty() && nothing.find()) {
            String instead = BEGIN + FOR + nothing.group() + lineBreak + block + END;
            return values.substring(0, nothing.start()) + instead + values.substring(nothing.end());
        }
        if (values.isEmpty() || values.endsWith("\n")) {
            return values + BEGIN + lineBreak + block + END + lineBreak;
        }
        if (endsInText(mapping(values))) {
            throw new UnsupportedShape(lines(values), "a line break behind the last line would be part of its text");
        }
        return values + lineBreak + BEGIN + WITH_BREAK + lineBreak + block + END;
    }

    /// Whether the last value is a block of text: Helm takes a line break at the end of the file for a part of it.
    private static boolean endsInText(Node node) {
        return switch (node) {
            case Mapping(var entries, var _) ->
                !entries.isEmpty() && endsInText(entries.lastEntry().getValue());
            case Node.Sequence(var items) -> !items.isEmpty() && endsInText(items.getLast());
            case Node.Scalar scalar -> scalar.style() == Node.Style.LITERAL || scalar.style() == Node.Style.FOLDED;
        };
    }

    private static String block(List<Entry> entries, String lineBreak) {
        return "# Releases get their share of the requests step by step, and are sent back when they fail." + lineBreak
                + "# With `enabled: false` the chart renders as it did before." + lineBreak
                + KEY + ":" + lineBreak + indented(entries, "  ", lineBreak);
    }

    private static String merged(String values, Node present, List<Entry> entries) {
        Matcher key = KEY_LINE.matcher(values);
        if (!key.find()) {
            throw new UnsupportedShape(1, "values.yaml has `canary`, but not as a line of its own");
        }
        int line = 1
                + (int) values.substring(0, key.start())
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        String rest = key.group(1).strip();
        boolean open = rest.isEmpty() || rest.startsWith("#");
        boolean empty = present instanceof Node.Scalar scalar && scalar.type() == Node.ScalarType.NULL;
        if (!open || !(empty || present instanceof Mapping) || key.group(2).isEmpty()) {
            throw new UnsupportedShape(line, "`canary` is there already, and it is not a map on lines of its own");
        }
        Mapping there = present instanceof Mapping mapping ? mapping : Mapping.EMPTY;
        List<Entry> missing = entries.stream()
                .filter(entry -> !there.entries().containsKey(entry.key()))
                .filter(entry ->
                        !(entry.key().equals("enabled") && there.entries().containsKey("enable")))
                .toList();
        if (missing.isEmpty()) {
            return values;
        }
        String lineBreak = LineBreak.of(values);
        String indent = empty ? "  " : indentBehind(values, key.end());
        String block = indent + BEGIN + lineBreak + indented(missing, indent, lineBreak) + indent + END + lineBreak;
        return values.substring(0, key.end()) + block + values.substring(key.end());
    }

    /// The indentation of the first key behind a place.
    private static String indentBehind(String values, int offset) {
        Matcher first = Pattern.compile("(?m)^([ ]*)[^\\s#]").matcher(values);
        return first.find(offset) ? first.group(1) : "  ";
    }

    private static String indented(List<Entry> entries, String indent, String lineBreak) {
        var lines = new ArrayList<String>();
        entries.forEach(entry -> lines.addAll(entry.lines()));
        return lines.stream().map(line -> indent + line + lineBreak).collect(Collectors.joining());
    }

    private static int lines(String text) {
        return 1 + (int) text.chars().filter(c -> c == '\n').count();
    }
}
