package dev.haldane.postrender.manifest;

import dev.haldane.postrender.manifest.CommonYaml.Odd;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.ScalarType;
import dev.haldane.postrender.manifest.Node.Sequence;
import dev.haldane.postrender.manifest.Node.Style;
import dev.haldane.postrender.manifest.Placed.Field;
import java.util.ArrayList;
import java.util.List;

/// The part of [CommonYaml] that reads what stands in a line: keys, scalars, flow style; and the lines of a scalar that
/// has several.
final class CommonValues {
    private static final int LONGEST_KEY = 1000;
    private static final String KEY_SIGNS = "_./$-";
    private static final boolean[] IS_KEY_SIGN = new boolean[128];

    static {
        for (char c = 0; c < IS_KEY_SIGN.length; c++) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            IS_KEY_SIGN[c] = letter || (c >= '0' && c <= '9') || KEY_SIGNS.indexOf(c) >= 0;
        }
    }

    /// Stands for everything where no tree is made.
    private static final Placed UNMADE = nothing(0);

    private final String text;
    private final CommonLines lines;
    private final char[] signs;
    private boolean making;

    CommonValues(String text, CommonLines lines) {
        this.text = text;
        this.lines = lines;
        this.signs = lines.signs;
    }

    /// From now on values are made, or only passed over.
    void make(boolean now) {
        making = now;
    }

    /// An empty value.
    static Placed nothing(int at) {
        return new Placed(new Scalar(ScalarType.NULL, "", Style.PLAIN), at, at, false, false, List.of(), List.of());
    }

    Placed map(int start, int end, boolean flow, List<Field> entries) {
        return making ? new Placed(Yaml.mapping(entries), start, end, false, flow, entries, List.of()) : UNMADE;
    }

    Placed list(int start, int end, boolean flow, List<Placed> items) {
        if (!making) {
            return UNMADE;
        }
        var nodes = new ArrayList<Node>(items.size());
        items.forEach(item -> nodes.add(item.node()));
        return new Placed(new Sequence(nodes), start, end, false, flow, List.of(), items);
    }

    private static Placed scalar(ScalarType type, String value, Style style, int start, int end) {
        return new Placed(new Scalar(type, value, style), start, end, false, false, List.of(), List.of());
    }

    /// Where the colon of a key stands that comes next; -1 if there is none, or the key is no plain word.
    int colon() {
        int from = lines.at;
        char first = signs[from];
        int end = first == '"' || first == '\'' ? quoteEnd(from) : wordEnd(from);
        boolean colon = end > from && end - from < LONGEST_KEY && end < lines.to && signs[end] == ':';
        return colon && (end + 1 == lines.to || signs[end + 1] == ' ') ? end : -1;
    }

    private int wordEnd(int from) {
        int end = from;
        while (end < lines.to && signs[end] < 128 && IS_KEY_SIGN[signs[end]]) {
            end++;
        }
        return end;
    }

    /// After the closing quote; -1 if there is none.
    private int quoteEnd(int from) {
        char quote = signs[from];
        for (int at = from + 1; at < lines.to; at++) {
            if (signs[at] == '\\' && quote == '"') {
                at++;
            } else if (signs[at] == quote) {
                if (quote == '"' || at + 1 == lines.to || signs[at + 1] != '\'') {
                    return at + 1;
                }
                at++;
            }
        }
        return -1;
    }

    /// A key, up to its colon.
    Placed key() {
        int colon = colon();
        if (colon < 0) {
            throw new Odd();
        }
        return signs[lines.at] == '"' || signs[lines.at] == '\'' ? quoted() : plain(lines.at, colon);
    }

    private Placed plain(int from, int to) {
        lines.at = to;
        if (!making) {
            return UNMADE;
        }
        var value = text.substring(from, to);
        return scalar(PlainType.of(value), value, Style.PLAIN, from, to);
    }

    /// What stands after a key or a dash, up to the next line that says something else.
    ///
    /// @param column of the collection that it belongs to; further lines of it are deeper
    Placed inline(int column) {
        return switch (signs[lines.at]) {
            case '|', '>' -> block(column);
            case '"', '\'', '{', '[' -> closed();
            default -> words(column);
        };
    }

    /// What has an end of its own.
    private Placed closed() {
        var value = flow(0);
        lines.end();
        lines.advance();
        return value;
    }

    private Placed quoted() {
        int start = lines.at;
        int end = quoteEnd(start);
        if (end < 0) {
            throw new Odd();
        }
        var style = signs[start] == '"' ? Style.DOUBLE_QUOTED : Style.SINGLE_QUOTED;
        lines.at = end;
        int special = start + 1;
        while (special < end - 1 && signs[special] != '\\' && signs[special] != '\'') {
            special++;
        }
        if (special == end - 1) {
            return making ? scalar(ScalarType.STRING, text.substring(start + 1, end - 1), style, start, end) : UNMADE;
        }
        var value = style == Style.DOUBLE_QUOTED ? unescaped(start + 1, end - 1) : undoubled(start + 1, end - 1);
        return making ? scalar(ScalarType.STRING, value, style, start, end) : UNMADE;
    }

    private String unescaped(int from, int to) {
        var value = new StringBuilder(to - from);
        for (int at = from; at < to; at++) {
            if (signs[at] == '\\') {
                at++;
                value.append(
                        switch (signs[at]) {
                            case '"', '\\' -> signs[at];
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            default -> throw new Odd();
                        });
            } else {
                value.append(signs[at]);
            }
        }
        return value.toString();
    }

    private String undoubled(int from, int to) {
        return text.substring(from, to).replace("''", "'");
    }

    private Placed flow(int depth) {
        if (lines.at == lines.to || depth > 20) {
            throw new Odd();
        }
        return switch (signs[lines.at]) {
            case '"', '\'' -> quoted();
            case '{' -> flowMap(depth);
            case '[' -> flowList(depth);
            default -> flowWords();
        };
    }

    private Placed flowMap(int depth) {
        int start = lines.at;
        var entries = new ArrayList<Field>();
        boolean more = opens('}');
        while (more) {
            var key = key();
            lines.at++;
            lines.skipBlanks();
            var value = flow(depth + 1);
            if (making) {
                entries.add(new Field(((Scalar) key.node()).text(), key, value));
            }
            more = goesOn('}');
        }
        return map(start, lines.at, true, entries);
    }

    private Placed flowList(int depth) {
        int start = lines.at;
        var items = new ArrayList<Placed>();
        boolean more = opens(']');
        while (more) {
            var item = flow(depth + 1);
            if (making) {
                items.add(item);
            }
            more = goesOn(']');
        }
        return list(start, lines.at, true, items);
    }

    /// Passes the opening bracket, and the closing one if nothing is between them.
    private boolean opens(char close) {
        lines.at++;
        lines.skipBlanks();
        if (lines.at == lines.to) {
            throw new Odd();
        }
        if (signs[lines.at] == close) {
            lines.at++;
            return false;
        }
        return true;
    }

    /// Passes the comma, or the closing bracket.
    private boolean goesOn(char close) {
        lines.skipBlanks();
        if (lines.at == lines.to || (signs[lines.at] != ',' && signs[lines.at] != close)) {
            throw new Odd();
        }
        if (signs[lines.at++] == close) {
            return false;
        }
        lines.skipBlanks();
        if (lines.at == lines.to) {
            throw new Odd();
        }
        return true;
    }

    /// Plain text in flow style: words with single blanks between them.
    private Placed flowWords() {
        int from = lines.at;
        int end = wordEnd(from);
        boolean dash = signs[from] == '-' && end == from + 1;
        if (end == from || dash) {
            throw new Odd();
        }
        while (end + 1 < lines.to && (signs[end] == ' ' || signs[end] == ':')) {
            int further = wordEnd(end + 1);
            if (further == end + 1) {
                break;
            }
            end = further;
        }
        return plain(from, end);
    }

    /// Plain text in block style, which may go on in deeper lines.
    private Placed words(int column) {
        int from = lines.at;
        if ("&*!%@`?:,]}#".indexOf(signs[from]) >= 0 || (signs[from] == '-' && wordEnd(from) == from + 1)) {
            throw new Odd();
        }
        int end = wordsEnd();
        boolean commented = lines.at < lines.to;
        lines.advance();
        if (commented || lines.comments || lines.column <= column) {
            return making
                    ? scalar(PlainType.of(text.substring(from, end)), text.substring(from, end), Style.PLAIN, from, end)
                    : UNMADE;
        }
        var value = new StringBuilder(text.substring(from, end));
        while (!commented && !lines.comments && lines.column > column) {
            if (!Character.isLetterOrDigit(signs[lines.at])) {
                throw new Odd();
            }
            value.append(lines.blanks == 0 ? " " : "\n".repeat(lines.blanks));
            int start = lines.at;
            end = wordsEnd();
            value.append(signs, start, end - start);
            commented = lines.at < lines.to;
            lines.advance();
        }
        return making ? scalar(PlainType.of(value.toString()), value.toString(), Style.PLAIN, from, end) : UNMADE;
    }

    /// The end of the plain text in this line; what comes next is its comment or its break.
    private int wordsEnd() {
        int end = lines.at;
        for (; lines.at < lines.to; lines.at++) {
            char c = signs[lines.at];
            if (c == '\t' || (c == ':' && (lines.at + 1 == lines.to || signs[lines.at + 1] == ' '))) {
                throw new Odd();
            } else if (c == '#' && signs[lines.at - 1] == ' ') {
                return end;
            } else if (c != ' ') {
                end = lines.at + 1;
            }
        }
        return end;
    }

    private Placed block(int column) {
        int start = lines.at;
        boolean folded = signs[start] == '>';
        lines.at++;
        char chomping = lines.at < lines.to ? signs[lines.at] : ' ';
        if (chomping != '+' && chomping != '-') {
            lines.at--;
        }
        if (!lines.isRestEmpty(lines.at) || (folded && making)) {
            throw new Odd();
        }
        var value = new StringBuilder();
        int indent = 0;
        int breaks = 0;
        while (lines.take()) {
            int width = lines.at - lines.start();
            if (lines.at == lines.to) {
                // Blanks that are text, or that decide how deep the text is.
                if (width > indent || !lines.isBroken()) {
                    throw new Odd();
                }
                breaks++;
                continue;
            }
            if (width <= column) {
                lines.back();
                break;
            }
            indent = indent == 0 ? width : indent;
            if (width < indent || signs[lines.at] == '\t') {
                throw new Odd();
            }
            if (making) {
                value.repeat('\n', breaks).append(signs, lines.start() + indent, lines.to - lines.start() - indent);
            }
            breaks = 1;
        }
        if (making && chomping != '-') {
            value.repeat('\n', chomping == '+' ? breaks : indent == 0 ? 0 : Math.min(breaks, 1));
        }
        int end = lines.next();
        lines.advance();
        return making
                ? scalar(ScalarType.STRING, value.toString(), folded ? Style.FOLDED : Style.LITERAL, start, end)
                : UNMADE;
    }
}
