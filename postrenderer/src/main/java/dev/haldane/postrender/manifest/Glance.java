package dev.haldane.postrender.manifest;

import java.util.Optional;

/// Reads the kind off a document without parsing it. It knows the plain part of YAML that charts are written in:
/// block maps and lists, scalars of one line, `|` and `>`. A document that keeps to it is surely well-formed; at
/// anything else (flow style, anchors, tags, escapes, several lines of plain text with odd signs) it gives up, and
/// the parser decides.
///
/// Parsing is what costs the time in a process that lives for a moment, and rules look at few kinds.
final class Glance {
    private static final int DEEPEST = 100;

    private final String text;
    private final int[] columns = new int[DEEPEST];
    private final boolean[] lists = new boolean[DEEPEST];
    private int depth;
    /// Whether the innermost collection waits for a value: of its last key, or of its last dash.
    private boolean waiting;
    /// Plain text of which more may follow in lines that are indented deeper than this; -1: none.
    private int plainIn = -1;
    /// A block scalar, in lines that are indented deeper than this; -1: none.
    private int blockIn = -1;
    /// How deep the block scalar's own lines are indented; 0 where none has come yet.
    private int blockColumn;
    private String kind = "";

    private Glance(String text) {
        this.text = text;
    }

    /// The kind, `""` for a document without one; empty if only a parser can tell.
    static Optional<String> kind(String text) {
        var glance = new Glance(text);
        for (int at = 0; at < text.length(); ) {
            int next = text.indexOf('\n', at);
            int end = next < 0 ? text.length() : next;
            if (end > at && text.charAt(end - 1) == '\r') {
                end--;
            }
            if (!glance.line(at, end)) {
                return Optional.empty();
            }
            at = next < 0 ? text.length() : next + 1;
        }
        return Optional.of(glance.kind);
    }

    private boolean line(int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) == ' ') {
            at++;
        }
        int indent = at - from;
        if (blockIn >= 0) {
            if (at == to) {
                // A blank line that is wider than the text to come would be an error; rare enough to give up.
                return blockColumn > 0 || indent == 0;
            }
            if (indent > blockIn && (blockColumn == 0 || indent >= blockColumn)) {
                blockColumn = blockColumn == 0 ? indent : blockColumn;
                return text.charAt(at) != '\t' && isPrintable(at, to);
            }
            if (indent > blockIn) {
                return false;
            }
            blockIn = -1;
        }
        if (at == to) {
            return true;
        }
        if (text.charAt(at) == '#') {
            plainIn = -1;
            return isPrintable(at, to);
        }
        if (plainIn >= 0 && indent > plainIn) {
            return Character.isLetterOrDigit(text.charAt(at)) && plain(at, to);
        }
        plainIn = -1;
        if (indent == 0 && isMarker(from, to)) {
            return from == 0 && comment(from + 3, to);
        }
        return isPrintable(at, to) && structure(at, to, indent);
    }

    private boolean structure(int at, int to, int column) {
        while (depth > 0 && columns[depth - 1] > column) {
            depth--;
            waiting = false;
        }
        boolean dash = text.charAt(at) == '-' && (at + 1 == to || text.charAt(at + 1) == ' ');
        if (depth > 0 && columns[depth - 1] == column && lists[depth - 1] && !dash) {
            depth--;
            waiting = false;
        }
        boolean sibling = depth > 0 && columns[depth - 1] == column && lists[depth - 1] == dash;
        // A list may stand in the column of its key.
        boolean child = depth > 0 && waiting && (columns[depth - 1] < column || (dash && !lists[depth - 1]));
        if (!sibling && !child && (depth > 0 || column > 0 || dash)) {
            return false;
        }
        if (!sibling && !open(column, dash)) {
            return false;
        }
        waiting = false;
        return dash ? item(at + 1, to, column) : entry(at, to, column);
    }

    private boolean open(int column, boolean list) {
        if (depth == DEEPEST) {
            return false;
        }
        columns[depth] = column;
        lists[depth] = list;
        depth++;
        return true;
    }

    private boolean item(int from, int to, int column) {
        int at = blanks(from, to);
        if (at == to || text.charAt(at) == '#') {
            waiting = true;
            return true;
        }
        int inner = column + at - from + 1;
        boolean dash = text.charAt(at) == '-' && (at + 1 == to || text.charAt(at + 1) == ' ');
        if (dash) {
            return open(inner, true) && item(at + 1, to, inner);
        }
        return colon(at, to) > 0 ? open(inner, false) && entry(at, to, inner) : value(at, to, column);
    }

    private boolean entry(int at, int to, int column) {
        int colon = colon(at, to);
        if (colon < 0) {
            return false;
        }
        int value = blanks(colon + 1, to);
        if (depth == 1 && "\"'".indexOf(text.charAt(at)) >= 0) {
            return false;
        }
        if (depth == 1 && colon - at == 4 && text.startsWith("kind", at)) {
            return isKind(value, to);
        }
        if (value == to || text.charAt(value) == '#') {
            waiting = true;
            return true;
        }
        return value(value, to, column);
    }

    /// Where the colon of a key stands; -1 if there is none, or the key is not a plain word.
    private int colon(int from, int to) {
        int at = from;
        char quote = text.charAt(from);
        if (quote == '"' || quote == '\'') {
            at = text.indexOf(quote, from + 1) + 1;
            boolean simple = at > 0 && at <= to && text.lastIndexOf('\\', at) < from;
            if (!simple) {
                return -1;
            }
        } else {
            while (at < to && isKeySign(text.charAt(at))) {
                at++;
            }
        }
        boolean colon = at > from && at - from < 1000 && at < to && text.charAt(at) == ':';
        return colon && (at + 1 == to || text.charAt(at + 1) == ' ') ? at : -1;
    }

    private static boolean isKeySign(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "_./$".indexOf(c) >= 0
                || c == '-';
    }

    private boolean value(int at, int to, int column) {
        char first = text.charAt(at);
        return switch (first) {
            case '"', '\'' -> quoted(at, to);
            case '|', '>' -> {
                int rest = at + 1;
                rest += rest < to && "+-".indexOf(text.charAt(rest)) >= 0 ? 1 : 0;
                blockIn = column;
                blockColumn = 0;
                yield comment(rest, to);
            }
            case '{', '[' -> at + 1 < to && text.charAt(at + 1) == (first == '{' ? '}' : ']') && comment(at + 2, to);
            case '-' -> at + 1 < to && isKeySign(text.charAt(at + 1)) && open(at, to, column);
            case '&', '*', '!', '%', '@', '`', '?', ':', ',', ']', '}', '#' -> false;
            default -> open(at, to, column);
        };
    }

    /// Plain text, which may go on in the next line.
    private boolean open(int at, int to, int column) {
        plainIn = column;
        return plain(at, to);
    }

    private boolean plain(int at, int to) {
        for (int i = at; i < to; i++) {
            char c = text.charAt(i);
            if (c == ':' && (i + 1 == to || text.charAt(i + 1) == ' ')) {
                return false;
            }
            if (c == '#' && text.charAt(i - 1) == ' ') {
                plainIn = -1;
                return isPrintable(i, to);
            }
            if (isOdd(c) || c == '\t') {
                return false;
            }
        }
        return true;
    }

    private boolean quoted(int from, int to) {
        char quote = text.charAt(from);
        for (int at = from + 1; at < to; at++) {
            char c = text.charAt(at);
            if (c == '\\' && quote == '"') {
                at++;
                if (at == to || "\"\\nrt".indexOf(text.charAt(at)) < 0) {
                    return false;
                }
            } else if (c == quote) {
                if (quote == '\'' && at + 1 < to && text.charAt(at + 1) == '\'') {
                    at++;
                } else {
                    return comment(at + 1, to);
                }
            }
        }
        return false;
    }

    /// Nothing, or a comment.
    private boolean comment(int from, int to) {
        int at = blanks(from, to);
        return at == to || (at > from && text.charAt(at) == '#');
    }

    private int blanks(int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private boolean isMarker(int from, int to) {
        return to - from >= 3 && text.startsWith("---", from) && (to - from == 3 || text.charAt(from + 3) == ' ');
    }

    /// One word with a capital, perhaps in quotes.
    private boolean isKind(int from, int to) {
        boolean quoted = from < to && "\"'".indexOf(text.charAt(from)) >= 0;
        int start = quoted ? from + 1 : from;
        int end = start;
        while (end < to && isKeySign(text.charAt(end))) {
            end++;
        }
        boolean closed = !quoted || (end < to && text.charAt(end) == text.charAt(from));
        boolean known = kind.isEmpty() && end > start && Character.isUpperCase(text.charAt(start));
        kind = text.substring(start, end);
        return known && closed && comment(quoted ? end + 1 : end, to);
    }

    private boolean isPrintable(int from, int to) {
        for (int i = from; i < to; i++) {
            if (isOdd(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// Control signs, further line breaks, and what takes two units: the parser's business.
    private static boolean isOdd(char c) {
        return (c < ' ' && c != '\t') || (c >= 0x7f && (c < 0xa0 || c == 0x2028 || c == 0x2029 || c >= 0xd800));
    }
}
