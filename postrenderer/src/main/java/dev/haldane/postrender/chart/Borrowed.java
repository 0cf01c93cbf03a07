package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.template.GoTemplate;
import dev.haldane.postrender.chart.template.GoTemplate.Block;
import dev.haldane.postrender.chart.template.Outline;
import dev.haldane.postrender.chart.template.Piece;
import dev.haldane.postrender.chart.template.Piece.Action;
import dev.haldane.postrender.chart.template.Piece.Keyword;
import dev.haldane.postrender.chart.template.Piece.Text;
import dev.haldane.postrender.chart.template.SourceLine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A value that the chart's own template writes, as text of a template that writes the same: with the `if` around
/// it where it stands in branches, without the YAML around it and without quotes.
///
/// @param text a template on one line; `""` where there is no value
record Borrowed(String text) {
    static final Borrowed NOTHING = new Borrowed("");

    private static final Pattern VARIABLE = Pattern.compile("\\$[A-Za-z_]\\w*");
    private static final Pattern COMMENT = Pattern.compile("\\s+#.*$");
    private static final Pattern STRING = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|`[^`]*`");

    /// The value of one key, from all the lines that may write it.
    static Borrowed from(Outline outline, List<SourceLine> lines) {
        if (lines.isEmpty()) {
            return NOTHING;
        }
        SourceLine first = lines.getFirst();
        List<Block> blocks = outline.blocksWithin(first);
        if (lines.size() == 1 && blocks.isEmpty()) {
            return new Borrowed(value(outline, first));
        }
        if (blocks.isEmpty() || lines.stream().anyMatch(line -> !isWithin(outline, line, blocks.getFirst()))) {
            throw new UnsupportedShape(first.number(), "`" + first.key() + "` is written more than once");
        }
        return new Borrowed(branches(outline, lines, blocks.getFirst()));
    }

    boolean isNothing() {
        return text.isEmpty();
    }

    /// Two spellings of the same value: quotes, blanks, `template` for `include`.
    boolean same(Borrowed other) {
        return normal(text).equals(normal(other.text));
    }

    static String normal(String value) {
        return unquoted(value)
                .replaceAll("\\{\\{-?\\s*template\\b", "{{ include")
                .replaceAll("\\{\\{-?\\s*", "{{ ")
                .replaceAll("\\s*\\|\\s*quote\\s*(-?}})", " $1")
                .replaceAll("\\s*-?}}", " }}")
                .replaceAll("[ \\t]+", " ")
                .strip();
    }

    private static boolean isWithin(Outline outline, SourceLine line, Block block) {
        List<Block> around = outline.blocksWithin(line);
        return !around.isEmpty() && around.getFirst().equals(block);
    }

    private static String branches(Outline outline, List<SourceLine> lines, Block block) {
        var text = new StringBuilder();
        for (Piece piece : outline.template().pieces()) {
            if (piece.start() < block.opener().start()
                    || piece.end() > block.end().end()) {
                continue;
            }
            switch (piece) {
                case Text _ -> {}
                case Action action when lines.stream().anyMatch(line -> isInValue(action, line)) -> {}
                case Action action when action.keyword() == Keyword.RANGE -> throw loop(outline, action);
                case Action action when action.keyword() == Keyword.COMMENT -> {}
                case Action action
                when action.steers() ->
                    text.append("{{ ").append(checked(outline, action)).append(" }}");
                case Action _ -> {}
            }
            for (SourceLine line : lines) {
                if (isNextAfter(outline.template(), piece, line)) {
                    text.append(value(outline, line));
                }
            }
        }
        return text.toString();
    }

    /// Whether the key of the line stands in this very piece.
    private static boolean isNextAfter(GoTemplate template, Piece piece, SourceLine line) {
        int key = line.start() + line.column();
        return piece.start() <= key && key < piece.end() && template.source().length() > key;
    }

    private static boolean isInValue(Action action, SourceLine line) {
        return line.valueStart() <= action.start() && action.end() <= line.end();
    }

    private static UnsupportedShape loop(Outline outline, Action action) {
        return new UnsupportedShape(outline.template().lineOf(action.start()), "a name is written in a loop");
    }

    private static String value(Outline outline, SourceLine line) {
        String value = outline.value(line);
        for (Action action : outline.actions(line)) {
            checked(outline, action);
        }
        int lastAction = value.lastIndexOf("}}");
        Matcher comment = COMMENT.matcher(value).region(Math.max(0, lastAction), value.length());
        String bare = unquoted(comment.find() ? value.substring(0, comment.start()) : value);
        if (bare.isEmpty()
                || bare.startsWith("|")
                || bare.startsWith(">")
                || bare.startsWith("&")
                || bare.startsWith("*")) {
            throw new UnsupportedShape(line.number(), "`" + line.key() + "` has no value on its own line");
        }
        return bare;
    }

    private static String checked(Outline outline, Action action) {
        return withoutVariables(action, outline.template().lineOf(action.start()));
    }

    /// The body of an action, which may be asked again in another file because it knows no variable of this one.
    static String withoutVariables(Action action, int line) {
        Matcher variable = VARIABLE.matcher(STRING.matcher(action.body()).replaceAll(""));
        if (variable.find()) {
            throw new UnsupportedShape(line, "it uses the variable " + variable.group() + " of its file");
        }
        return action.body();
    }

    private static String unquoted(String value) {
        String text = value.strip();
        return isIn(text, "\"") || isIn(text, "'") ? text.substring(1, text.length() - 1) : text;
    }

    private static boolean isIn(String text, String quote) {
        return text.length() > 1 && text.startsWith(quote) && text.endsWith(quote);
    }
}
