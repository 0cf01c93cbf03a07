package dev.haldane.webhook.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Files as people and tools write them, in all manners at once. Each is made with a hole where the version stands, so
/// that what must come out is known without any parser.
class RequirementsProperties {

    private static final List<String> KEYS = List.of("name", "repository", "version", "condition", "tags");

    /// @param before and after the version of entry `app0`
    record Holed(String before, String version, String after, int entries) {
        String with(String other) {
            return before + other + after;
        }
    }

    @Property
    void any_file_changes_in_the_one_value_only(@ForAll("files") Holed file) throws NotEditable {
        var requirements = Requirements.read(file.with(file.version()));
        var entry = requirements.entry("app0").orElseThrow();

        assertThat(entry.version()).isEqualTo(file.version());
        assertThat(requirements.withVersion(entry, "0.9.1-rc.1")).isEqualTo(file.with("0.9.1-rc.1"));
    }

    @Property
    void there_and_back_is_where_it_was(@ForAll("files") Holed file) throws NotEditable {
        var text = file.with(file.version());
        var there = Requirements.read(text);
        var moved = Requirements.read(there.withVersion(there.entry("app0").orElseThrow(), "7.7.7"));

        assertThat(moved.withVersion(moved.entry("app0").orElseThrow(), file.version()))
                .isEqualTo(text);
    }

    @Property
    void a_removed_entry_is_gone_and_the_others_are_not(@ForAll("files") Holed file) throws NotEditable {
        var requirements = Requirements.read(file.with(file.version()));
        var rest = Requirements.read(
                requirements.without(requirements.entry("app0").orElseThrow()));

        assertThat(rest.entry("app0")).isEmpty();
        for (int i = 1; i < file.entries(); i++) {
            assertThat(rest.entry("app" + i)).as("app" + i).isPresent();
        }
    }

    @Provide
    Arbitrary<Holed> files() {
        return Arbitraries.longs().map(seed -> new Author(new Random(seed)).write());
    }

    /// Writes one file in a manner that is chosen anew at each place.
    private static final class Author {
        private final Random random;
        private final String eol;
        private final StringBuilder text = new StringBuilder();
        private String before = "";
        private String version = "";

        Author(Random random) {
            this.random = random;
            this.eol = one("\n", "\n", "\r\n");
        }

        Holed write() {
            int entries = 1 + random.nextInt(4);
            text.append(one("", "", "\uFEFF")).append(one("", "", "---" + eol)).append(remark(""));
            text.append(one("", "about: {version: 1.0.0}" + eol));
            text.append(one("dependencies:", "'dependencies':", "dependencies: # all", "dependencies :"))
                    .append(eol);
            var indent = one("", "", "  ", "    ");
            var order = new ArrayList<>(IntStream.range(0, entries).boxed().toList());
            Collections.shuffle(order, random);
            order.forEach(i -> entry(i, indent));
            text.append(one("", "", "after: [x]" + eol, "# the end"));
            var all = text.toString();
            return new Holed(before, version, all.substring(before.length()), entries);
        }

        private void entry(int number, String indent) {
            text.append(remark(indent)).append(indent).append('-');
            var padding = one(" ", " ", "   ");
            var column = indent + " " + padding;
            var keys = new ArrayList<>(KEYS);
            Collections.shuffle(keys, random);
            boolean first = true;
            for (var key : keys) {
                text.append(first ? padding : remark(column) + column);
                first = false;
                text.append(one(key, key, "'" + key + "'", "\"" + key + "\"")).append(one(":", ":", ":  "));
                text.append(' ');
                value(key, number, column);
                text.append(one("", "", " # why", "   #")).append(eol);
            }
        }

        private void value(String key, int number, String column) {
            var quote = one("", "", "'", "\"");
            switch (key) {
                case "name" -> text.append(quote).append("app").append(number).append(quote);
                case "version" -> version(number, quote);
                case "repository" ->
                    text.append(one("http://charts:8080", "'https://x/#y'", "\"a: \\\"b\\\"\"", "ü😀"));
                case "condition" ->
                    text.append(one("x.enabled", "a.version", "~", ">-" + eol + column + "  version: 9"));
                default -> text.append(one("[web, 'version: 1']", eol + column + "- version", "{version: 3}"));
            }
        }

        private void version(int number, String quote) {
            text.append(quote);
            if (number == 0) {
                before = text.toString();
                version = one("1.2.3", "v0.0.1", "10.20.30-alpha.1+b5", "latest", "^1.0.0");
            } else {
                text.append("1.2.3");
            }
            text.append(quote);
        }

        private String remark(String column) {
            return one("", "", "", eol, column + "# version: 6.6.6" + eol, "# - name: app0" + eol, "  " + eol);
        }

        private String one(String... choices) {
            return choices[random.nextInt(choices.length)];
        }
    }
}
