package dev.haldane.postrender.chart.template;

import dev.haldane.postrender.chart.template.Piece.Action;
import dev.haldane.postrender.chart.template.Piece.Keyword;
import dev.haldane.postrender.chart.template.Piece.Text;
import java.util.ArrayList;
import java.util.List;

/// Cuts a template at its braces as Go's `text/template` does: strings, raw strings and comments may hold braces
/// themselves ([rules](https://pkg.go.dev/text/template#hdr-Text_and_spaces)).
final class Scanner {
    private final String source;
    private final List<Piece> pieces = new ArrayList<>();
    private int position;

    private Scanner(String source) {
        this.source = source;
    }

    static List<Piece> scan(String source) {
        var scanner = new Scanner(source);
        scanner.run();
        return trimmed(scanner.pieces);
    }

    private void run() {
        while (position < source.length()) {
            int open = source.indexOf("{{", position);
            if (open < 0) {
                text(source.length());
                return;
            }
            if (open > position) {
                text(open);
            }
            action(open);
        }
    }

    private void text(int end) {
        pieces.add(new Text(position, end, source.substring(position, end)));
        position = end;
    }

    private void action(int open) {
        position = open + 2;
        boolean trimsLeft = at('-') && position + 1 < source.length() && isSpace(source.charAt(position + 1));
        if (trimsLeft) {
            position += 2;
        }
        int from = position;
        if (source.startsWith("/*", from)) {
            comment(open);
        } else {
            inside(open);
        }
        boolean trimsRight = at('-');
        String body = source.substring(from, position).strip();
        position += trimsRight ? 3 : 2;
        pieces.add(new Action(open, position, Keyword.of(body), body, trimsLeft, trimsRight));
    }

    /// Leaves [#position] at the closing braces or at the dash before them.
    private void comment(int open) {
        int close = source.indexOf("*/", position);
        if (close < 0) {
            throw error(open, "the comment is not closed");
        }
        position = close + 2;
        if (trimMark()) {
            position++;
        } else if (!closing()) {
            throw error(open, "a comment must fill its braces: {{/* ... */}}");
        }
    }

    private void inside(int open) {
        int parentheses = 0;
        while (!closing() && !trimMark()) {
            if (position >= source.length()) {
                throw error(open, "{{ is not closed");
            }
            char c = source.charAt(position);
            switch (c) {
                case '"', '\'' -> quoted(open, c);
                case '`' -> raw(open);
                case '(' -> parentheses++;
                case ')' -> parentheses--;
                default -> {}
            }
            if (parentheses < 0) {
                throw error(open, "a closing parenthesis has no opening one");
            }
            position++;
        }
        if (parentheses > 0) {
            throw error(open, "a parenthesis is not closed");
        }
        if (trimMark()) {
            position++;
        }
    }

    /// Leaves [#position] at the closing quote.
    private void quoted(int open, char quote) {
        for (position++; position < source.length(); position++) {
            char c = source.charAt(position);
            if (c == '\\') {
                position++;
            } else if (c == quote) {
                return;
            } else if (c == '\n') {
                break;
            }
        }
        throw error(open, "a quoted string is not closed");
    }

    private void raw(int open) {
        int close = source.indexOf('`', position + 1);
        if (close < 0) {
            throw error(open, "a raw string is not closed");
        }
        position = close;
    }

    private boolean closing() {
        return source.startsWith("}}", position);
    }

    /// White space and a dash before the closing braces.
    private boolean trimMark() {
        return position < source.length() && isSpace(source.charAt(position)) && source.startsWith("-}}", position + 1);
    }

    private boolean at(char c) {
        return position < source.length() && source.charAt(position) == c;
    }

    private TemplateSyntaxException error(int offset, String problem) {
        int line = 1
                + (int) source.substring(0, offset)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new TemplateSyntaxException(line, problem);
    }

    private static List<Piece> trimmed(List<Piece> pieces) {
        var result = new ArrayList<Piece>();
        for (int i = 0; i < pieces.size(); i++) {
            result.add(pieces.get(i) instanceof Text text ? trimmed(text, pieces, i) : pieces.get(i));
        }
        return List.copyOf(result);
    }

    private static Text trimmed(Text text, List<Piece> pieces, int index) {
        String output = text.output();
        int from = 0;
        int to = output.length();
        if (index > 0 && pieces.get(index - 1) instanceof Action before && before.trimsRight()) {
            while (from < to && isSpace(output.charAt(from))) {
                from++;
            }
        }
        if (index + 1 < pieces.size() && pieces.get(index + 1) instanceof Action after && after.trimsLeft()) {
            while (to > from && isSpace(output.charAt(to - 1))) {
                to--;
            }
        }
        return new Text(text.start(), text.end(), output.substring(from, to));
    }

    /// What Go's lexer calls a space.
    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
