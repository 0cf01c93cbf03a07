package dev.haldane.postrender.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.RandomYaml;
import dev.haldane.postrender.rule.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/// Streams in which a shop that gets a canary stands among documents of all sorts.
class StreamProperties {

    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: shop}
            spec: {selector: {app: shop}, ports: [{name: http, port: 80}]}
            """;

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: shop   # ours
            spec:
              replicas: 3
              selector: {matchLabels: {app: shop}}
              template:
                metadata: {labels: {app: shop}}
                spec: {containers: [{name: shop, image: shop:1}]}
            """;

    @Property(tries = 1500)
    void what_is_not_the_shops_leaves_byte_for_byte_and_uninject_restores_the_rest(
            @ForAll @LongRange(min = 0) long seed) {
        var random = new Random(seed);
        var pieces = new ArrayList<>(List.of(SERVICE, DEPLOYMENT));
        for (int i = random.nextInt(5); i >= 0; i--) {
            pieces.add(random.nextInt(pieces.size() + 1), inMidStream(RandomYaml.wild(random.nextLong())));
        }
        var stream = String.join(random.nextBoolean() ? "\n---\n" : "\n---   # next\r\n", pieces);
        var before = Document.split(stream, "stream");

        var rendering = RuleSet.of(RolloutDefaults.builtIn()).rewrite(stream, "stream", Release.UNKNOWN);

        assertThat(rendering.report().text()).contains("Canary/shop", "VirtualService/shop-entry");
        var after = Document.split(rendering.text(), "stream");
        assertThat(after).hasSize(before.size() + 2);
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).text().contains("name: shop")) {
                boolean last = i == before.size() - 1 && !stream.endsWith("\n");
                assertThat(after.get(i).text()).isEqualTo(before.get(i).text() + (last ? "\n" : ""));
            }
        }
        assertThat(Uninject.undo(rendering.text(), "stream").text()).isEqualTo(stream);
    }

    /// Only a stream may begin with directives or a byte order mark; Helm and kubectl read neither later on.
    private static String inMidStream(String document) {
        var text = document.startsWith("\uFEFF") ? document.substring(1) : document;
        int marker = text.indexOf("---");
        return marker > 0 && text.substring(0, marker).contains("%") ? text.substring(marker) : text;
    }
}
