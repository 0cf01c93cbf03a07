package dev.haldane.postrender.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Two texts as `diff -u` shows them, by Myers' greedy algorithm
/// ([An O(ND) Difference Algorithm](https://doi.org/10.1007/BF01840446)).
final class UnifiedDiff {
    private static final int CONTEXT = 3;

    /// Above this many differences the shortest script is not worth its memory, and all is shown as replaced.
    private static final int MOST = 4_000;

    private enum Kind {
        SAME(' '),
        GONE('-'),
        NEW('+');

        private final char sign;

        Kind(char sign) {
            this.sign = sign;
        }
    }

    private record Line(Kind kind, String text) {}

    private UnifiedDiff() {}

    /// `""` if there is no difference.
    static String of(String name, String before, String after) {
        return of("a/" + name, before, "b/" + name, after);
    }

    /// @param from name of the old text, `/dev/null` if there was none
    /// @param to   name of the new text, `/dev/null` if there is none
    static String of(String from, String before, String to, String after) {
        if (before.equals(after)) {
            return "";
        }
        var lines = script(lines(before), lines(after));
        return "--- " + from + "\n+++ " + to + "\n" + hunks(lines);
    }

    /// With their line ends, so that CRLF and a missing last one are differences.
    private static List<String> lines(String text) {
        var lines = new ArrayList<String>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int next = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(from, next));
            from = next;
        }
        return lines;
    }

    private static List<Line> script(List<String> before, List<String> after) {
        int start = 0;
        int most = Math.min(before.size(), after.size());
        while (start < most && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < most - start && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        var lines = new ArrayList<Line>();
        before.subList(0, start).forEach(line -> lines.add(new Line(Kind.SAME, line)));
        lines.addAll(middle(before.subList(start, before.size() - end), after.subList(start, after.size() - end)));
        before.subList(before.size() - end, before.size()).forEach(line -> lines.add(new Line(Kind.SAME, line)));
        return lines;
    }

    /// Row `d` of the trace has the furthest points that `d` differences reach, by diagonal.
    private static List<Line> middle(List<String> a, List<String> b) {
        int limit = Math.min(a.size() + b.size(), MOST);
        int[] furthest = new int[2 * limit + 3];
        var trace = new ArrayList<int[]>();
        for (int d = 0; d <= limit; d++) {
            trace.add(Arrays.copyOfRange(furthest, limit + 1 - d - 1, limit + 1 + d + 2));
            for (int k = -d; k <= d; k += 2) {
                int at = limit + 1 + k;
                int x = comesDown(furthest, at, k, d) ? furthest[at + 1] : furthest[at - 1] + 1;
                while (x < a.size() && x - k < b.size() && a.get(x).equals(b.get(x - k))) {
                    x++;
                }
                furthest[at] = x;
                if (x >= a.size() && x - k >= b.size()) {
                    return backwards(a, b, trace);
                }
            }
        }
        return replaced(a, b);
    }

    private static List<Line> backwards(List<String> a, List<String> b, List<int[]> trace) {
        var lines = new ArrayList<Line>();
        int x = a.size();
        int y = b.size();
        for (int d = trace.size() - 1; d > 0; d--) {
            int[] row = trace.get(d);
            int middle = d + 1;
            int k = x - y;
            boolean down = comesDown(row, middle + k, k, d);
            int fromK = down ? k + 1 : k - 1;
            int fromX = row[middle + fromK];
            while (x > fromX && y > fromX - fromK) {
                lines.add(new Line(Kind.SAME, a.get(--x)));
                y--;
            }
            lines.add(down ? new Line(Kind.NEW, b.get(--y)) : new Line(Kind.GONE, a.get(--x)));
        }
        while (x > 0) {
            lines.add(new Line(Kind.SAME, a.get(--x)));
        }
        return lines.reversed();
    }

    /// Whether the furthest point of diagonal `k` after `d` differences is below one of `k + 1`: a line more, not one
    /// less.
    private static boolean comesDown(int[] furthest, int at, int k, int d) {
        return k == -d || (k != d && furthest[at - 1] < furthest[at + 1]);
    }

    private static List<Line> replaced(List<String> a, List<String> b) {
        var lines = new ArrayList<Line>();
        a.forEach(line -> lines.add(new Line(Kind.GONE, line)));
        b.forEach(line -> lines.add(new Line(Kind.NEW, line)));
        return lines;
    }

    private static String hunks(List<Line> lines) {
        var out = new StringBuilder();
        int oldLine = 1;
        int newLine = 1;
        int at = 0;
        while (at < lines.size()) {
            int change = nextChange(lines, at);
            if (change < 0) {
                break;
            }
            int from = Math.max(at, change - CONTEXT);
            oldLine += from - at;
            newLine += from - at;
            int to = endOfHunk(lines, change);
            var hunk = lines.subList(from, to);
            long old = hunk.stream().filter(line -> line.kind != Kind.NEW).count();
            long fresh = hunk.stream().filter(line -> line.kind != Kind.GONE).count();
            out.append("@@ -").append(range(oldLine, old)).append(" +").append(range(newLine, fresh));
            out.append(" @@\n");
            hunk.forEach(line -> append(out, line));
            oldLine += (int) old;
            newLine += (int) fresh;
            at = to;
        }
        return out.toString();
    }

    private static int nextChange(List<Line> lines, int from) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).kind != Kind.SAME) {
                return i;
            }
        }
        return -1;
    }

    /// Past the last change that is near the one before it, and its context.
    private static int endOfHunk(List<Line> lines, int change) {
        int last = change;
        for (int next = change; next >= 0 && next - last <= 2 * CONTEXT + 1; next = nextChange(lines, last + 1)) {
            last = next;
        }
        return Math.min(lines.size(), last + 1 + CONTEXT);
    }

    private static String range(int first, long count) {
        return (count == 0 ? first - 1 : first) + "," + count;
    }

    private static void append(StringBuilder out, Line line) {
        out.append(line.kind.sign).append(line.text);
        if (!line.text.endsWith("\n")) {
            out.append("\n\\ No newline at end of file\n");
        }
    }
}
