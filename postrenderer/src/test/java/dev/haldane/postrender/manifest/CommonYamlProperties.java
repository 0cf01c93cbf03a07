package dev.haldane.postrender.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.config.UserError;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.statistics.Statistics;

/// What is common YAML, the parser reads in the same way: same tree, same marks, same kind.
class CommonYamlProperties {
    private static final String SIGNS = "\n\n  -:#'\"{}[]&*!|>%@`?,\t\\\u0085ab0é🐤kind: ~";

    private static final String MANIFEST = """
            ---
            # Source: shop/templates/x.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: shop   # comment
              labels:
                "app.kubernetes.io/name": shop
                'x': "a \\"b\\" \\n"
              annotations: {}
            spec:
              description: some text
                that goes on
              items:
              - a: 1
                b: -2
              - - x
                - y: 'it''s'
              -
                z: []
              script: |
                # not a comment
                  deeper

                end
              folded: >-

                text
              other:
                - plain
                - http://x/y#z
            data:
              empty:
              last: "x"
            """;

    @Example
    void knows_the_plain_part_of_yaml() {
        assertThat(CommonYaml.kind(MANIFEST)).contains("ConfigMap");
        assertThat(CommonYaml.kind(MANIFEST.replace("\n", "\r\n"))).contains("ConfigMap");
        assertThat(CommonYaml.kind("# only a comment\n")).contains("");
        assertThat(CommonYaml.kind("")).contains("");
        assertThat(CommonYaml.kind("kind: \"Service\"\n")).contains("Service");
    }

    @Property(tries = 20_000)
    void never_passes_what_the_parser_refuses(@ForAll @LongRange(min = 0) long seed) {
        var random = new Random(seed);
        var text = new StringBuilder(seed % 4 == 0 ? new RandomYaml(seed).document() : MANIFEST);
        for (int i = random.nextInt(4); i > 0 && !text.isEmpty(); i--) {
            mutate(text, random);
        }
        var glance = Document.split(text.toString(), "x").stream()
                .filter(document -> CommonYaml.kind(document.text()).isPresent())
                .toList();
        Statistics.label("passed").collect(!glance.isEmpty());
        for (Document document : glance) {
            assertThat(CommonYaml.kind(document.text())).as(document.text()).contains(parsedKind(document));
        }
    }

    @Property(tries = 20_000)
    void reads_what_the_parser_reads(@ForAll @LongRange(min = 0) long seed) {
        var random = new Random(seed);
        var text = new StringBuilder(seed % 4 > 0 ? new RandomYaml(seed).document() : MANIFEST);
        for (int i = random.nextInt(3); i > 0 && !text.isEmpty(); i--) {
            mutate(text, random);
        }
        for (Document document : Document.split(text.toString(), "x")) {
            var read = read(document.text());
            Statistics.label("read").collect(!read.isEmpty());
            read.ifPresent(tree -> assertThat(tree).as(document.text()).isEqualTo(parsed(document.text())));
        }
    }

    private static Optional<Optional<String>> read(String text) {
        try {
            return Optional.of(CommonYaml.read(text).map(Placed::toString));
        } catch (CommonYaml.Odd _) {
            return Optional.empty();
        }
    }

    private static Optional<String> parsed(String text) {
        try {
            return Yaml.parse(text, "x", 1).map(Placed::toString);
        } catch (UserError e) {
            return Optional.of(e.problem());
        }
    }

    private static String parsedKind(Document document) {
        try {
            var root = document.root();
            return root.map(node -> node.text("kind").orElse("")).orElse("");
        } catch (UserError e) {
            return e.problem();
        }
    }

    private static void mutate(StringBuilder text, Random random) {
        int at = random.nextInt(text.length());
        int sign = random.nextInt(SIGNS.length() - 1);
        switch (random.nextInt(4)) {
            case 0 -> text.deleteCharAt(at);
            case 1 -> text.insert(at, SIGNS.charAt(sign));
            case 2 -> text.setCharAt(at, SIGNS.charAt(sign));
            default -> text.delete(at, Math.min(text.length(), at + random.nextInt(30)));
        }
    }
}
