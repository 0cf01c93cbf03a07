package dev.haldane.postrender.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.manifest.Document.Removal;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.RandomEdit.Sort;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;

/// One change in a random document: the text says the new tree, and nothing else of it has moved.
class SpliceProperties {

    @Property(tries = 4000)
    void a_changed_document_says_what_it_should_and_keeps_the_rest(
            @ForAll @LongRange(min = 0) long seed, @ForAll Sort sort, @ForAll Removal removal) {
        var document = only(new RandomYaml(seed).document());
        var before = (Mapping) document.root().orElseThrow();
        var after = new RandomEdit(seed, sort).of(before);

        var edited = document.becomes(after, removal);

        assertThat(only(edited.text()).root()).contains(after);
        Statistics.label("printed anew")
                .collect(edited.printedAnew())
                .coverage(coverage -> coverage.check(true).percentage(share -> share < 12));
        if (!edited.printedAnew() && (sort == Sort.ADD || sort == Sort.SET)) {
            if (sort == Sort.ADD) {
                assertThat(comments(edited.text())).isEqualTo(comments(document.text()));
            }
            assertThat(changedLength(document.text(), edited.text())).isLessThanOrEqualTo(sort == Sort.ADD ? 20 : 120);
        }
    }

    @Property(tries = 4000)
    void a_renamed_key_keeps_its_place_and_its_comments(@ForAll @LongRange(min = 0) long seed) {
        var document = only(new RandomYaml(seed).document());
        var before = (Mapping) document.root().orElseThrow();
        var after = new RandomEdit(seed, Sort.RENAME).of(before);

        var edited = document.becomes(after, Removal.DELETE);

        assertThat(only(edited.text()).root()).contains(after);
        // What a merge key brings along has no place of its own.
        if (!edited.printedAnew() && !document.text().contains("<<")) {
            assertThat(keys(only(edited.text()).root().orElseThrow())).isEqualTo(keys(after));
            assertThat(comments(edited.text())).isEqualTo(comments(document.text()));
        }
    }

    @Property(tries = 2000)
    void what_is_put_out_of_use_comes_back_byte_for_byte(@ForAll @LongRange(min = 0) long seed) {
        var document = only(new RandomYaml(seed).document());
        var before = (Mapping) document.root().orElseThrow();
        var edited = document.becomes(new RandomEdit(seed, Sort.REMOVE).of(before), Removal.COMMENT);

        if (edited.text().contains(Splice.REMARK)) {
            assertThat(edited.restored().text()).isEqualTo(document.text());
        }
    }

    @Property(tries = 2000)
    void documents_split_and_joined_are_the_stream(@ForAll @Size(max = 5) List<@LongRange(min = 0) Long> seeds) {
        var stream = new StringBuilder();
        for (long seed : seeds) {
            stream.append(new RandomYaml(seed).document()).append(seed % 3 == 0 ? "\n---\n" : "\n--- # x\r\n");
        }

        assertThat(Document.join(Document.split(stream.toString(), "stream"))).isEqualTo(stream.toString());
    }

    @Property(tries = 2000)
    void what_is_printed_anew_says_the_same(@ForAll @LongRange(min = 0) long seed) {
        var root = (Mapping) only(new RandomYaml(seed).document()).root().orElseThrow();

        assertThat(Document.of(root, List.of("x"), seed % 2 == 0 ? "\n" : "\r\n")
                        .root())
                .contains(root);
        assertThat(Json.parse(Json.print(root))).isEqualTo(Json.parse(Json.print(Json.parse(Json.print(root)))));
    }

    private static Document only(String text) {
        var documents = Document.split(text, "random");
        return documents.getLast();
    }

    /// All keys, in their order.
    private static List<String> keys(Node node) {
        var keys = new ArrayList<String>();
        switch (node) {
            case Node.Scalar _ -> {}
            case Node.Sequence(var items) -> items.forEach(item -> keys.addAll(keys(item)));
            case Mapping(var entries, var _) ->
                entries.forEach((key, value) -> {
                    keys.add(key);
                    keys.addAll(keys(value));
                });
        }
        return keys;
    }

    private static List<String> comments(String text) {
        return text.lines()
                .filter(line -> line.contains("# c"))
                .map(line -> line.substring(line.indexOf("# c")).strip())
                .toList();
    }

    /// How much of the first text is neither in the common head nor in the common tail.
    private static int changedLength(String before, String after) {
        int shorter = Math.min(before.length(), after.length());
        int head = 0;
        while (head < shorter && before.charAt(head) == after.charAt(head)) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && before.charAt(before.length() - 1 - tail) == after.charAt(after.length() - 1 - tail)) {
            tail++;
        }
        return before.length() - head - tail;
    }
}
