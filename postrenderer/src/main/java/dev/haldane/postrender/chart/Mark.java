package dev.haldane.postrender.chart;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How what we put into a chart is told from what was there: each line of ours in a template says so in a comment
/// of Go, which renders to nothing. To take it out is to drop these lines.
final class Mark {
    /// At the end of a line of ours.
    private static final String PLAIN = "{{/* haldane */}}";
    /// The same, where white space behind it must go.
    private static final String TRIMMING = "{{/* haldane */ -}}";
    /// At the end of the last line of a file that did not end in a line break: the break before it is ours as well.
    private static final String WITH_BREAK = "{{/* haldane, with the line break before */}}";

    /// Behind the new words of a line that had others.
    private static final Pattern WAS =
            Pattern.compile("(?m)^[^\\n]*?\\{\\{/\\* was, before haldane: ([^\\n]*?) \\*/(?: -)?}}");

    private static final Pattern ANY = Pattern.compile("\\{\\{/\\* haldane\\b[^*\\n]*\\*/(?: -)?}}");
    private static final Pattern LINE = Pattern.compile("[^\\n]*\\{\\{/\\* haldane \\*/(?: -)?}}[^\\n]*(?:\\n|$)");
    private static final Pattern LAST_LINE =
            Pattern.compile("\\r?\\n[^\\n]*" + Pattern.quote(WITH_BREAK) + "[^\\n\\r]*");

    private Mark() {}

    static String line(String content, String lineBreak) {
        return content + PLAIN + lineBreak;
    }

    static String trimmingLine(String content, String lineBreak) {
        return content + TRIMMING + lineBreak;
    }

    static String lastLine(String content, String lineBreak) {
        return lineBreak + content + WITH_BREAK;
    }

    /// A line that has other words now, and remembers those that it had.
    static String was(String text, String before) {
        boolean trims = text.stripTrailing().endsWith("-}}");
        return text + "{{/* was, before haldane: " + before + (trims ? " */ -}}" : " */}}");
    }

    /// Whether the text has a line that is all ours.
    static boolean isIn(String text) {
        return ANY.matcher(text).find();
    }

    /// Whether we have touched the text at all.
    static boolean isAnywhereIn(String text) {
        return isIn(text) || WAS.matcher(text).find();
    }

    /// The template without our lines.
    static String without(String template) {
        Matcher last = LAST_LINE.matcher(template);
        String rest = LINE.matcher(last.replaceAll("")).replaceAll("");
        return WAS.matcher(rest).replaceAll(found -> Matcher.quoteReplacement(found.group(1)));
    }
}
