package dev.haldane.postrender.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.rule.Outcome.Skipped;
import dev.haldane.postrender.rule.Reason;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rule.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every place where the label of an application stands, and every place that only looks like one. In the files the
/// label is `rel-shop`, which stands nowhere else.
class FixAppLabelTest {
    private static final Path FOLDER = Path.of("src/test/resources/labels");
    private static final RuleSet RULES = new RuleSet(List.of(new FixAppLabel()));

    private static final String POD = """
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: pod
              labels:
                app: rel-shop
            """;

    static Stream<String> carrying() throws IOException {
        return documents("carrying.yaml");
    }

    static Stream<String> foreign() throws IOException {
        return documents("foreign.yaml");
    }

    static Stream<String> texts() throws IOException {
        return documents("texts.yaml");
    }

    @ParameterizedTest
    @MethodSource("carrying")
    void what_carries_or_selects_the_label_follows_it(String object) {
        var after = after(object);

        assertThat(after.text()).isEqualTo((object + POD).replace("rel-shop", "shop"));
        assertThat(skipped(after)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void what_is_about_something_else_stays(String object) {
        var after = after(object);

        assertThat(after.text()).startsWith(object);
        assertThat(skipped(after)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void what_names_the_label_in_a_text_is_reported(String object) {
        var after = after(object);

        assertThat(after.text()).startsWith(object);
        assertThat(skipped(after)).containsExactly(Reason.LABEL_IN_TEXT);
    }

    @Test
    void an_object_with_the_label_and_a_text_is_changed_and_reported() throws IOException {
        var object = texts().findFirst().orElseThrow().replace("  name: ", "  labels: {app: rel-shop}\n  name: ");

        var after = after(object);

        assertThat(after.text()).contains("labels: {app: shop}");
        assertThat(skipped(after)).containsExactly(Reason.LABEL_IN_TEXT);
    }

    @Test
    void items_of_a_list_follow_too() {
        var list = """
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: Service
                  metadata: {name: a}
                  spec: {selector: {app: rel-shop}}
                - apiVersion: v1
                  kind: Pod
                  metadata: {name: b, labels: {app: rel-shop}}
                """;

        assertThat(after(list).text()).isEqualTo((list + POD).replace("rel-shop", "shop"));
    }

    @Test
    void a_label_that_is_another_workloads_without_the_release_stays() {
        var other = POD.replace("name: pod", "name: other").replace("rel-shop", "shop");

        var after = after(other);

        assertThat(after.text()).isEqualTo(other + POD);
        assertThat(skipped(after)).containsExactly(Reason.LABEL_TAKEN);
    }

    private static Rendering after(String object) {
        return RULES.rewrite(object + POD, "test", new Release("rel", ""));
    }

    private static List<Reason> skipped(Rendering rendering) {
        return rendering.report().outcomes().stream()
                .filter(Skipped.class::isInstance)
                .map(outcome -> ((Skipped) outcome).reason())
                .toList();
    }

    private static Stream<String> documents(String file) throws IOException {
        return Arrays.stream(Files.readString(FOLDER.resolve(file)).split("(?m)(?=^---$)"))
                .filter(text -> !text.isBlank());
    }
}
