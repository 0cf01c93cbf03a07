package dev.haldane.postrender.manifest;

import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.ScalarType;
import dev.haldane.postrender.manifest.Node.Sequence;
import dev.haldane.postrender.manifest.Node.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;

/// The same tree from and to JSON ([RFC 8259](https://www.rfc-editor.org/rfc/rfc8259)). Reading is strict: one value,
/// nothing after it, at most [#MAX_DEPTH] levels; an error names line and column.
public final class Json {
    /// More than any object of Kubernetes has, and far less than a thread's stack takes.
    public static final int MAX_DEPTH = 512;

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    public static Node parse(String text) {
        var json = new Json(text);
        json.blanks();
        var node = json.value();
        json.blanks();
        if (json.at < text.length()) {
            throw json.wrong("nothing may follow the value");
        }
        return node;
    }

    public static String print(Node node) {
        var out = new StringBuilder();
        JsonWriter.write(node, out);
        return out.toString();
    }

    private Node value() {
        if (at >= text.length()) {
            throw wrong("a value is missing, the text ends");
        }
        return switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new Scalar(ScalarType.STRING, string(), Style.DOUBLE_QUOTED);
            case 't' -> word("true", Scalar.of(true));
            case 'f' -> word("false", Scalar.of(false));
            case 'n' -> word("null", Scalar.NULL);
            default -> number();
        };
    }

    private Node object() {
        deeper();
        var entries = new LinkedHashMap<String, Node>();
        var doubled = new LinkedHashSet<String>();
        blanks();
        while (!taken('}')) {
            if (!entries.isEmpty()) {
                take(',');
            }
            if (at >= text.length() || text.charAt(at) != '"') {
                throw wrong("a key in double quotes is missing");
            }
            var key = string();
            blanks();
            take(':');
            if (entries.put(key, value()) != null) {
                doubled.add(key);
            }
            blanks();
        }
        depth--;
        return new Mapping(entries, doubled);
    }

    private Node array() {
        deeper();
        var items = new ArrayList<Node>();
        blanks();
        while (!taken(']')) {
            if (!items.isEmpty()) {
                take(',');
            }
            items.add(value());
            blanks();
        }
        depth--;
        return new Sequence(items);
    }

    private String string() {
        int from = ++at;
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\\' && text.charAt(at) >= ' ') {
            at++;
        }
        if (taken('"')) {
            return text.substring(from, at - 1);
        }
        var out = new StringBuilder().append(text, from, at);
        while (!taken('"')) {
            if (at >= text.length()) {
                throw wrong("a string is not closed");
            }
            char c = text.charAt(at++);
            if (c < ' ') {
                at--;
                throw wrong("a control character must be written as \\u00XX");
            }
            out.append(c == '\\' ? escape() : c);
        }
        return out.toString();
    }

    private char escape() {
        if (at >= text.length()) {
            throw wrong("a string is not closed");
        }
        return switch (text.charAt(at++)) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw wrong("no such escape");
        };
    }

    private char unicode() {
        int code = 0;
        for (int end = at + 4; at < end; at++) {
            int digit = at < text.length() && text.charAt(at) < 128 ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0) {
                throw wrong("four hexadecimal digits are missing");
            }
            code = 16 * code + digit;
        }
        return (char) code;
    }

    private Node number() {
        int from = at;
        var type = ScalarType.INTEGER;
        takenAny("-");
        if (!takenAny("0")) {
            digits();
        }
        if (takenAny(".")) {
            type = ScalarType.FLOAT;
            digits();
        }
        if (takenAny("eE")) {
            type = ScalarType.FLOAT;
            takenAny("+-");
            digits();
        }
        return new Scalar(type, text.substring(from, at), Style.PLAIN);
    }

    private void digits() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == from) {
            throw wrong("a value is missing");
        }
    }

    private Node word(String word, Scalar value) {
        if (!text.startsWith(word, at)) {
            throw wrong("a value is missing");
        }
        at += word.length();
        return value;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void deeper() {
        at++;
        if (++depth > MAX_DEPTH) {
            throw wrong("nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    private void take(char wanted) {
        if (!taken(wanted)) {
            throw wrong("'" + wanted + "' is missing");
        }
        blanks();
    }

    private boolean taken(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private boolean takenAny(String wanted) {
        boolean there = at < text.length() && wanted.indexOf(text.charAt(at)) >= 0;
        at += there ? 1 : 0;
        return there;
    }

    private UserError wrong(String problem) {
        int place = Math.min(at, text.length());
        int line = (int) text.substring(0, place).chars().filter(c -> c == '\n').count() + 1;
        int column = place - text.lastIndexOf('\n', place - 1);
        return UserError.input("JSON, line " + line + ", column " + column + ": " + problem, "");
    }
}
