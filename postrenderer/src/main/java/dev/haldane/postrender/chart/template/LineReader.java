package dev.haldane.postrender.chart.template;

import dev.haldane.postrender.chart.template.Piece.Action;
import dev.haldane.postrender.chart.template.SourceLine.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells the lines of a template apart. Actions are masked first, so that braces and colons in them mislead nobody.
final class LineReader {
    private static final char MASK = '\u0001';
    private static final String KEY = "(\"[^\"\u0001]*\"|'[^'\u0001]*'|[^\\s\u0001#\"'\\[{&*!|>%@`-][^\u0001#]*?)";
    private static final Pattern KEY_LINE = Pattern.compile("( *)" + KEY + " *:(?: +(?=\\S)|\\s*$|(?=\u0001)).*");
    private static final Pattern ITEM_LINE = Pattern.compile("( *)-(?:\\s.*|$)");
    private static final Pattern ITEM_KEY = Pattern.compile(" *(?:- +)+" + KEY + " *:(?: +(?=\\S)|\\s*$).*");

    private LineReader() {}

    static List<SourceLine> read(GoTemplate template) {
        String source = template.source();
        String masked = masked(template);
        var lines = new ArrayList<SourceLine>();
        int start = 0;
        while (start < source.length()) {
            int newline = source.indexOf('\n', start);
            int next = newline < 0 ? source.length() : newline + 1;
            int end =
                    newline < 0 ? next : newline > start && source.charAt(newline - 1) == '\r' ? newline - 1 : newline;
            lines.add(line(lines.size() + 1, start, end, next, masked.substring(start, end)));
            start = next;
        }
        return List.copyOf(lines);
    }

    private static String masked(GoTemplate template) {
        char[] text = template.source().toCharArray();
        for (Action action : template.actions()) {
            Arrays.fill(text, action.start(), action.end(), MASK);
        }
        return new String(text);
    }

    private static SourceLine line(int number, int start, int end, int next, String masked) {
        String content = masked.strip();
        if (content.isEmpty()) {
            return new SourceLine(number, start, end, next, Shape.BLANK, 0, "", end);
        }
        if (content.chars().allMatch(c -> c == MASK || Character.isWhitespace(c))) {
            return new SourceLine(number, start, end, next, Shape.ACTIONS, 0, "", end);
        }
        if (content.startsWith("#")) {
            return new SourceLine(number, start, end, next, Shape.COMMENT, 0, "", end);
        }
        if (masked.matches("---(?:\\s.*|$)")) {
            return new SourceLine(number, start, end, next, Shape.SEPARATOR, 0, "", end);
        }
        Matcher item = ITEM_LINE.matcher(masked);
        if (item.matches()) {
            Matcher key = ITEM_KEY.matcher(masked);
            boolean keyed = key.matches();
            int value = keyed ? start + valueOffset(masked, key.end(1)) : end;
            String name = keyed ? unquoted(key.group(1)) : "";
            return new SourceLine(number, start, end, next, Shape.ITEM, item.end(1), name, value);
        }
        Matcher key = KEY_LINE.matcher(masked);
        if (key.matches()) {
            int value = start + valueOffset(masked, key.end(2));
            return new SourceLine(number, start, end, next, Shape.KEY, key.end(1), unquoted(key.group(2)), value);
        }
        int column = masked.length() - masked.stripLeading().length();
        return new SourceLine(number, start, end, next, Shape.OTHER, column, "", end);
    }

    /// Behind the colon that follows the key, and the blanks after it.
    private static int valueOffset(String masked, int keyEnd) {
        int offset = masked.indexOf(':', keyEnd) + 1;
        while (offset < masked.length() && Character.isWhitespace(masked.charAt(offset))) {
            offset++;
        }
        return offset;
    }

    private static String unquoted(String key) {
        boolean quoted = key.length() > 1 && (key.startsWith("\"") || key.startsWith("'"));
        return quoted ? key.substring(1, key.length() - 1) : key.strip();
    }
}
