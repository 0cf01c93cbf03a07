package dev.haldane.postrender.manifest;

import dev.haldane.postrender.manifest.Placed.Field;

/// Where things begin and end in a text. What cannot be told is refused by [Unspliceable].
final class Layout {

    /// The change cannot be made in the text; the document has to be printed anew.
    static final class Unspliceable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unspliceable(String why) {
            super(why, null, false, false);
        }
    }

    private final String text;

    Layout(String text) {
        this.text = text;
    }

    int lineStart(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    /// Before the line's break; carriage returns belong to the break.
    int lineEnd(int at) {
        int end = text.indexOf('\n', at);
        if (end < 0) {
            return text.length();
        }
        return end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    /// After the line's break.
    int nextLine(int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end + 1;
    }

    /// The column in which a key of a block map, or the dash of a block list, stands; dashes before it count as
    /// blanks.
    int column(int at) {
        int column = 0;
        for (int i = lineStart(at); i < at; i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '-') {
                column++;
            } else if (c != '\uFEFF') {
                throw new Unspliceable("there is '" + c + "' before the key");
            }
        }
        return column;
    }

    /// Whether only blanks stand before it in its line.
    boolean beginsLine(int at) {
        return isBlank(lineStart(at), at);
    }

    boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != ' ' && text.charAt(i) != '\uFEFF') {
                return false;
            }
        }
        return true;
    }

    boolean isExplicit(Field entry) {
        int before = entry.key().start() - 1;
        while (before >= 0 && " \t\r\n".indexOf(text.charAt(before)) >= 0) {
            before--;
        }
        return text.startsWith("?", entry.key().start()) || (before >= 0 && text.charAt(before) == '?');
    }

    /// A tag or an anchor stands before the value.
    boolean isMarked(Placed value) {
        return value.start() < text.length() && "!&".indexOf(text.charAt(value.start())) >= 0;
    }

    int end(Field entry) {
        if (isExplicit(entry)) {
            throw new Unspliceable("the key is written with '?'");
        }
        var value = entry.value();
        return value.start() >= 0 && value.start() == value.end() ? afterColon(entry) : end(value);
    }

    /// After the colon of a key.
    int afterColon(Field entry) {
        int colon = text.indexOf(':', entry.key().end());
        if (colon < 0 || !text.substring(entry.key().end(), colon).isBlank()) {
            throw new Unspliceable("the colon of '" + entry.name() + "' is not where it should be");
        }
        return colon + 1;
    }

    /// Where the last character of a value has been, without the blank lines and comments that its mark may include.
    int end(Placed value) {
        if (value.start() < 0) {
            throw new Unspliceable("an alias stands there");
        }
        if (value.flow() || value.start() == value.end()) {
            return value.end();
        }
        if (!value.entries().isEmpty()) {
            return end(value.entries().getLast());
        }
        if (!value.items().isEmpty()) {
            var last = value.items().getLast();
            if (last.start() == last.end()) {
                throw new Unspliceable("the list ends in nothing");
            }
            return end(last);
        }
        int end = value.end();
        while (end > value.start() && " \r\n".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    /// The dash before an item of a block list, which must be the first thing in its line.
    int dash(Placed item) {
        int at = item.start() - 1;
        while (at >= 0 && text.charAt(at) == ' ') {
            at--;
        }
        if (at < 0 || text.charAt(at) != '-' || !beginsLine(at)) {
            throw new Unspliceable("the dash of an item is not where it should be");
        }
        return at;
    }
}
