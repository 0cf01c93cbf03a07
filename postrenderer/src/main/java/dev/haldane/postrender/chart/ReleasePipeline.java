package dev.haldane.postrender.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `jx step changelog` in a Jenkinsfile or jenkins-x.yml: it writes `templates/release.yaml` into the chart at each
/// release, unless it is told not to.
final class ReleasePipeline {
    private static final String FLAG = " --generate-yaml=false";
    private static final Pattern CALL = Pattern.compile("\\bjx[ \\t]+step[ \\t]+changelog\\b(?![\\w-])");
    /// What may stand before a command: the beginning of a line or of a string that is not printed, or another
    /// command.
    private static final Pattern COMMAND_PLACE = Pattern.compile("(?s).*(?:^|[;&|({`!]|\\$\\("
            + "|(?<!echo)(?<!echo )(?<!println)(?<!println )(?<!print )(?<!printf )[\"']"
            + "|\\b(?:sh|command|script|then|do|else|time|exec)(?::|\\b))\\s*(?:[A-Z_][A-Z0-9_]*=\\S*\\s+)*$");
    private static final Pattern ARGUMENTS = Pattern.compile("(?:\\\\\\r?\\n|[^\"'\\n;|&])*");
    private static final Pattern SWITCH = Pattern.compile("--generate-yaml(?:=(\\w+))?(?![\\w-])");
    private static final Pattern HELP = Pattern.compile("\\s(?:--help|-h)\\b");
    private static final Pattern DIRECTORY = Pattern.compile("\\bdir(?:\\s*\\(\\s*['\"]|:\\s*['\"]?)([^'\"\\s)]+)");

    private ReleasePipeline() {}

    /// @param calls which of the calls got the switch, counted from 1
    record Silenced(String text, List<Integer> calls) {
        Silenced {
            calls = List.copyOf(calls);
        }
    }

    /// The pipeline with the file switched off where it would be written into this chart.
    ///
    /// @param chart the name of the chart's directory
    static Silenced silence(String pipeline, String chart) {
        var text = new StringBuilder(pipeline);
        var calls = new ArrayList<Integer>();
        List<Integer> ends = calls(pipeline);
        for (int call = ends.size(); call >= 1; call--) {
            int end = ends.get(call - 1);
            int place = placeForSwitch(pipeline, end);
            if (place >= 0 && concerns(pipeline, end, chart)) {
                text.insert(place, FLAG);
                calls.addFirst(call);
            }
        }
        return new Silenced(text.toString(), calls);
    }

    /// The pipeline with the switches taken out of these calls again. Where calls came or went since, out of all
    /// that have it where we put it.
    static String restore(String pipeline, List<Integer> silenced, int callsThen) {
        var text = new StringBuilder(pipeline);
        List<Integer> ends = calls(pipeline);
        for (int call = ends.size(); call >= 1; call--) {
            if (ends.size() != callsThen || silenced.contains(call)) {
                int end = ends.get(call - 1);
                int place = placeOfSwitch(text, end);
                if (place >= 0) {
                    text.delete(place, place + FLAG.length());
                }
            }
        }
        return text.toString();
    }

    static int count(String pipeline) {
        return calls(pipeline).size();
    }

    /// Offsets behind the words of each call.
    private static List<Integer> calls(String pipeline) {
        var ends = new ArrayList<Integer>();
        Matcher call = CALL.matcher(pipeline);
        while (call.find()) {
            String before = pipeline.substring(pipeline.lastIndexOf('\n', call.start()) + 1, call.start());
            if (!isComment(before) && isCommandPlace(before, pipeline, call.start())) {
                ends.add(call.end());
            }
        }
        return ends;
    }

    private static boolean isComment(String before) {
        String start = before.strip();
        return start.startsWith("//") || start.startsWith("#") || start.startsWith("*") || start.contains(" // ");
    }

    private static boolean isCommandPlace(String before, String pipeline, int offset) {
        int line = offset - before.length();
        boolean continued =
                line >= 2 && pipeline.substring(0, line).stripTrailing().endsWith("\\");
        return !(before.isBlank() && continued) && COMMAND_PLACE.matcher(before).matches();
    }

    /// Where the switch goes, or -1 if it is off already or the call only asks for help.
    private static int placeForSwitch(String pipeline, int end) {
        Matcher arguments = ARGUMENTS.matcher(pipeline).region(end, pipeline.length());
        String given = arguments.lookingAt() ? arguments.group() : "";
        if (HELP.matcher(given).find()) {
            return -1;
        }
        Matcher switched = SWITCH.matcher(given);
        int place = end;
        boolean on = true;
        while (switched.find()) {
            String value = switched.group(1);
            on = value == null || List.of("1", "t", "true").contains(value.toLowerCase(Locale.ROOT));
            place = end + switched.end();
        }
        return on ? place : -1;
    }

    private static int placeOfSwitch(CharSequence pipeline, int end) {
        Matcher arguments = ARGUMENTS.matcher(pipeline).region(end, pipeline.length());
        String given = arguments.lookingAt() ? arguments.group() : "";
        int last = given.lastIndexOf(FLAG);
        return last < 0 ? -1 : end + last;
    }

    /// Whether the directory that the call runs in may be this chart's: the innermost one around it, if any is
    /// named.
    private static boolean concerns(String pipeline, int call, String chart) {
        Matcher directory = DIRECTORY.matcher(pipeline).region(0, call);
        String innermost = "";
        while (directory.find()) {
            String between = pipeline.substring(directory.end(), call);
            boolean open = directory.group().contains("(") ? isInBraces(between) : isInList(pipeline, directory, call);
            innermost = open ? directory.group(1) : innermost;
        }
        String path = innermost.endsWith("/") ? innermost.substring(0, innermost.length() - 1) : innermost;
        return !path.contains("charts/") || path.endsWith("/" + chart);
    }

    /// Groovy: `dir('x') { … `, not closed yet.
    private static boolean isInBraces(String between) {
        int depth = 0;
        boolean opened = false;
        for (int i = 0; i < between.length(); i++) {
            char c = between.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            opened |= depth > 0;
            if (opened && depth <= 0) {
                return false;
            }
        }
        return opened;
    }

    /// YAML: `dir: x`, and no line since then that stands further left.
    private static boolean isInList(String pipeline, Matcher directory, int call) {
        int column = directory.start() - pipeline.lastIndexOf('\n', directory.start()) - 1;
        return pipeline.substring(directory.end(), call)
                .lines()
                .skip(1)
                .filter(line -> !line.isBlank())
                .allMatch(line -> line.length() - line.stripLeading().length() >= column);
    }
}
