package dev.haldane.webhook.gitops;

import dev.haldane.webhook.gitops.EntryPlace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Finds the entries of `dependencies` in the text of a `requirements.yaml`, so that they can be edited in place.
/// Reads block style, which is what Jenkins X and people write. It knows where things stand, not what they mean:
/// [Requirements] compares what it found with what a YAML parser reads.
final class EntryScanner {

    private static final Pattern HEADER = Pattern.compile("([\"']?)dependencies\\1[ \t]*:[ \t]*(#.*)?");
    private static final Pattern VERSION = Pattern.compile("([\"']?)version\\1[ \t]*:(?=[ \t]|$)[ \t]*");

    private final String text;
    private final List<Line> lines;

    private EntryScanner(String text) {
        this.text = text;
        this.lines = lines(text);
    }

    /// Empty if the text has no `dependencies`, or none in block style.
    static List<EntryPlace> scan(String text) {
        return new EntryScanner(text).places();
    }

    private List<EntryPlace> places() {
        int header = header();
        int first = header < 0 ? lines.size() : nextContent(header + 1);
        var found = new ArrayList<EntryPlace>();
        if (first == lines.size() || !lines.get(first).isItem()) {
            return found;
        }
        int indent = lines.get(first).indent();
        int at = first;
        while (at < lines.size() && lines.get(at).isItem() && lines.get(at).indent() == indent) {
            int last = lastOfItem(at, indent);
            found.add(item(at, last));
            at = nextContent(last + 1);
        }
        return found;
    }

    private int header() {
        for (int i = 0; i < lines.size(); i++) {
            if (HEADER.matcher(lines.get(i).content()).matches() && lines.get(i).indent() == 0) {
                return i;
            }
        }
        return -1;
    }

    private int nextContent(int from) {
        int i = from;
        while (i < lines.size() && lines.get(i).isBlank()) {
            i++;
        }
        return i;
    }

    /// An item goes on while lines are indented deeper than its dash; blank lines and comments behind it are not its.
    private int lastOfItem(int first, int indent) {
        int last = first;
        for (int i = nextContent(first + 1); i < lines.size() && lines.get(i).indent() > indent; ) {
            last = i;
            i = nextContent(i + 1);
        }
        return last;
    }

    private EntryPlace item(int first, int last) {
        var version = Value.not("nothing");
        int column = lines.get(first).isBareDash() && first < last
                ? lines.get(nextContent(first + 1)).indent()
                : lines.get(first).afterDash();
        for (int i = first; i <= last; i++) {
            var line = lines.get(i);
            boolean elsewhere = i > first && (line.isBlank() || line.indent() != column);
            if (elsewhere || line.start() + column > line.end()) {
                continue;
            }
            var key = VERSION.matcher(text).region(line.start() + column, line.end());
            if (key.lookingAt()) {
                version = version.isReplaceable() ? Value.not("a second version") : value(key.end(), line);
            }
        }
        return new EntryPlace(lines.get(first).start(), lines.get(last).next(), version);
    }

    private Value value(int from, Line line) {
        int start = from < line.end() && text.charAt(from) == '&' ? afterAnchor(from, line) : from;
        if (start >= line.end()) {
            return Value.not("nothing in line " + line.number());
        }
        return switch (text.charAt(start)) {
            case '"', '\'' -> quoted(start, line);
            case '*' -> Value.not("an alias in line " + line.number());
            case '|', '>' -> Value.not("a block scalar in line " + line.number());
            case '!' -> Value.not("a tagged value in line " + line.number());
            case '{', '[' -> Value.not("a collection in line " + line.number());
            case '#' -> Value.not("nothing in line " + line.number());
            default -> plain(start, line);
        };
    }

    private int afterAnchor(int anchor, Line line) {
        int at = anchor;
        while (at < line.end() && !isSpace(text.charAt(at))) {
            at++;
        }
        while (at < line.end() && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private Value quoted(int start, Line line) {
        var quote = text.substring(start, start + 1);
        int end = text.indexOf(quote, start + 1);
        if (end < 0 || end >= line.end()) {
            return Value.not("a value of several lines in line " + line.number());
        }
        var value = text.substring(start + 1, end);
        if (value.contains("\\") || text.startsWith(quote, end + 1)) {
            return Value.not("a value with escapes in line " + line.number());
        }
        return new Value(value, start + 1, true, "");
    }

    private Value plain(int start, Line line) {
        int end = start;
        while (end < line.end() && !(text.charAt(end) == '#' && isSpace(text.charAt(end - 1)))) {
            end++;
        }
        return new Value(text.substring(start, end).stripTrailing(), start, false, "");
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static List<Line> lines(String text) {
        var lines = new ArrayList<Line>();
        int start = text.startsWith("\uFEFF") ? 1 : 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int next = newline < 0 ? text.length() : newline + 1;
            int end = newline < 0 ? next : newline;
            if (end > start && text.charAt(end - 1) == '\r') {
                end--;
            }
            lines.add(new Line(lines.size() + 1, text.substring(start, end), start, next));
            start = next;
        }
        return lines;
    }

    /// @param next offset of the next line
    private record Line(int number, String raw, int start, int next) {

        int end() {
            return start + raw.length();
        }

        int indent() {
            int i = 0;
            while (i < raw.length() && raw.charAt(i) == ' ') {
                i++;
            }
            return i;
        }

        String content() {
            return raw.strip();
        }

        boolean isBlank() {
            return content().isEmpty() || content().startsWith("#");
        }

        boolean isItem() {
            return isBareDash() || content().startsWith("- ");
        }

        boolean isBareDash() {
            return content().equals("-");
        }

        /// The column of what follows the dash.
        int afterDash() {
            int i = indent() + 1;
            while (i < raw.length() && raw.charAt(i) == ' ') {
                i++;
            }
            return i;
        }
    }
}
