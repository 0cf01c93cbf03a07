package dev.haldane.postrender.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class UnifiedDiffTest {

    private static final Pattern HUNK = Pattern.compile("@@ -(\\d+),(\\d+) \\+(\\d+),(\\d+) @@");

    @Property
    void a_diff_applied_to_the_old_text_gives_the_new_one(
            @ForAll("texts") String before, @ForAll("texts") String after) {
        assertThat(applied(UnifiedDiff.of("x", before, after), before)).isEqualTo(after);
    }

    @Property
    void each_hunk_counts_its_lines_right(@ForAll("texts") String before, @ForAll("texts") String after) {
        var lines = UnifiedDiff.of("x", before, after).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var head = HUNK.matcher(lines.get(i));
            if (head.matches()) {
                var body = lines.subList(i + 1, lines.size()).stream()
                        .takeWhile(line -> !line.startsWith("@@"))
                        .toList();
                assertThat(body.stream().filter(line -> " -".indexOf(line.charAt(0)) >= 0))
                        .hasSize(Integer.parseInt(head.group(2)));
                assertThat(body.stream().filter(line -> " +".indexOf(line.charAt(0)) >= 0))
                        .hasSize(Integer.parseInt(head.group(4)));
            }
        }
    }

    @Example
    void a_changed_line_stands_between_three_lines_of_context() {
        assertThat(UnifiedDiff.of("shop.yaml", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"))
                .isEqualTo("""
                        --- a/shop.yaml
                        +++ b/shop.yaml
                        @@ -2,7 +2,7 @@
                         2
                         3
                         4
                        -5
                        +five
                         6
                         7
                         8
                        """);
    }

    @Example
    void line_ends_and_a_missing_last_one_are_differences() {
        assertThat(UnifiedDiff.of("a/x", "a\r\nb", "/dev/null", "a\nb\n"))
                .isEqualTo("--- a/x\n+++ /dev/null\n@@ -1,2 +1,2 @@\n-a\r\n-b\n\\ No newline at end of file\n+a\n+b\n");
        assertThat(UnifiedDiff.of("x", "same", "same")).isEmpty();
    }

    @Example
    void thousands_of_differences_are_shown_as_replaced() {
        var before = new StringBuilder();
        var after = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            before.append("old ").append(i).append('\n');
            after.append("new ").append(i).append('\n');
        }
        assertThat(applied(UnifiedDiff.of("x", before.toString(), after.toString()), before.toString()))
                .isEqualTo(after.toString());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a\n", "b\n", "c\n", "  d: e\n", "---\n", "f\r\n")
                .list()
                .ofMaxSize(30)
                .map(lines -> String.join("", lines))
                .flatMap(text -> Arbitraries.of(text, text + "last"));
    }

    /// The hunks, applied to the text at the line numbers that they claim.
    private static String applied(String diff, String before) {
        if (diff.isEmpty()) {
            return before;
        }
        List<String> old = split(before);
        var out = new ArrayList<String>();
        int at = 0;
        for (String line : split(diff.substring(diff.indexOf("@@")))) {
            var head = HUNK.matcher(line.strip());
            if (head.matches()) {
                int first = Integer.parseInt(head.group(1)) - (head.group(2).equals("0") ? 0 : 1);
                out.addAll(old.subList(at, first));
                at = first;
            } else if (line.startsWith("\\")) {
                var last = out.removeLast();
                out.add(last.startsWith("\0") ? last : last.substring(0, last.length() - 1));
            } else if (line.startsWith("+")) {
                out.add(line.substring(1));
            } else {
                if (line.startsWith(" ")) {
                    out.add(line.substring(1));
                } else {
                    out.add("\0");
                }
                at++;
            }
        }
        out.addAll(old.subList(at, old.size()));
        out.removeIf(line -> line.startsWith("\0"));
        return String.join("", out);
    }

    private static List<String> split(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("(?<=\n)"));
    }
}
