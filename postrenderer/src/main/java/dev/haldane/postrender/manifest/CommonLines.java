package dev.haldane.postrender.manifest;

import dev.haldane.postrender.manifest.CommonYaml.Odd;

/// A place in a document, for [CommonYaml]: a line that says something, and how far into it one has come. Blank lines
/// and comments are passed over.
final class CommonLines {
    /// The text, and a line break behind it. An array, because the interpreter, which runs all of this, needs ten times
    /// as long for `charAt`.
    final char[] signs;
    /// What comes next in this line; at the end of the document its length.
    int at;
    /// The end of what stands in this line, before its break.
    int to;
    /// The column of the first sign, or of what began inside of the line; -1 at the end of the document.
    int column;
    /// How many blank lines were passed over to come here.
    int blanks;
    /// Whether comments were passed over to come here.
    boolean comments;

    private final int length;
    private int start;
    private int next;

    CommonLines(String text) {
        length = text.length();
        signs = new char[length + 1];
        text.getChars(0, length, signs, 0);
        signs[length] = '\n';
        if (text.startsWith("---")) {
            take();
            at = 3;
            end();
        }
    }

    /// Goes to the next line that says something.
    void advance() {
        blanks = 0;
        comments = false;
        while (take()) {
            if (at == to) {
                blanks++;
            } else if (signs[at] == '#') {
                comments = true;
            } else {
                column = at - start;
                return;
            }
        }
        at = length;
        to = at;
        column = -1;
    }

    /// Takes the next line, whatever it says.
    ///
    /// @return whether there is one
    boolean take() {
        if (next == length) {
            return false;
        }
        start = next;
        int end = start - 1;
        char c;
        do {
            c = signs[++end];
            while (c >= ' ' && c < 0x7f) {
                c = signs[++end];
            }
        } while (c != '\n' && !isOdd(c, end));
        if (c != '\n') {
            throw new Odd();
        }
        next = Math.min(end + 1, length);
        to = end > start && signs[end - 1] == '\r' ? end - 1 : end;
        at = start;
        skipBlanks();
        return true;
    }

    /// Gives the line back that was taken last.
    void back() {
        next = start;
    }

    /// Control signs, further line breaks, and what takes two units.
    private boolean isOdd(char c, int place) {
        if (c < ' ') {
            return c != '\t' && (c != '\r' || place + 1 == length || signs[place + 1] != '\n');
        }
        return c < 0xa0 || c == 0x2028 || c == 0x2029 || c >= 0xd800;
    }

    void skipBlanks() {
        while (at < to && signs[at] == ' ') {
            at++;
        }
    }

    /// Refuses anything but a comment in the rest of this line.
    void end() {
        if (!isRestEmpty(at - 1)) {
            throw new Odd();
        }
    }

    /// Passes over blanks after a sign, and says whether nothing, or a comment, follows.
    boolean isRestEmpty(int after) {
        at = after + 1;
        skipBlanks();
        return at == to || (signs[at] == '#' && at > after + 1);
    }

    /// What comes next is to count as a line of its own: `- key: value`.
    void begin() {
        column = at - start;
    }

    boolean isDash() {
        return column >= 0 && signs[at] == '-' && (at + 1 == to || signs[at + 1] == ' ');
    }

    /// The start of the line after this one, the end of the text if there is none.
    int next() {
        return next;
    }

    int start() {
        return start;
    }

    /// Whether a break ends this line, and not the text.
    boolean isBroken() {
        return to < length;
    }
}
