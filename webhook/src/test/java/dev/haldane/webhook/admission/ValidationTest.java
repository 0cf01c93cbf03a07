package dev.haldane.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.admission.Admission.Allowed;
import dev.haldane.webhook.admission.Admission.Denied;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationTest {

    private final Validation validation = new Validation();

    @ParameterizedTest
    @ValueSource(strings = {"v1alpha1", "v1alpha2", "v1alpha3", "v1beta1"})
    void a_good_canary_of_any_version_is_allowed(String version) {
        var review = Reviews.tree("create-canary");
        ((ObjectNode) review.at("/request/object")).put("apiVersion", "flagger.app/" + version);

        assertThat(validation.review(Reviews.review(review))).isEqualTo(Allowed.SILENTLY);
    }

    @Test
    void a_preview_that_cannot_be_is_refused_also_where_nothing_else_changes() {
        var review = Reviews.tree("create-canary");
        ((ObjectNode) review.at("/request")).put("operation", "UPDATE");
        ((ObjectNode) review.at("/request"))
                .set("oldObject", review.at("/request/object").deepCopy());
        ((ObjectNode) review.at("/request/object/metadata"))
                .withObject("/annotations")
                .put("haldane.dev/preview", "jx-staging=500");

        assertThat(validation.review(Reviews.review(review)))
                .isEqualTo(new Denied("metadata.annotations.haldane.dev/preview is \"jx-staging=500\", must be"
                        + " <namespace>=<percent> with a whole percent from 1 to 99"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/spec/analysis/maxWeight           | 120        | spec.analysis.maxWeight is 120",
                "/spec/analysis/stepWeight          | -1         | spec.analysis.stepWeight",
                "/spec/analysis/stepWeights         | [10,20]    | spec.analysis.stepWeights and stepWeight are both",
                "/spec/analysis/threshold           | 0          | spec.analysis.threshold is 0",
                "/spec/analysis/interval            | \"1h\"     | spec.analysis.interval",
                "/spec/analysis/interval            | 60         | spec.analysis.interval",
                "/spec/analysis/metrics/0/name      | \"speed\"  | spec.analysis.metrics[0].name",
                "/spec/analysis/metrics/0/interval  | \"soon\"   | spec.analysis.metrics[0].interval",
                "/spec/analysis/metrics/0/thresholdRange | {\"min\":2,\"max\":1} | spec.analysis.metrics[0].thresholdRange",
                "/spec/targetRef/kind               | \"Pod\"    | spec.targetRef.kind",
                "/spec/targetRef                    | {}         | spec.targetRef",
                "/spec/service/port                 | 70000      | spec.service.port",
                "/spec/analysis                     | null       | spec.analysis",
                "/spec/speed                        | 5          | spec.speed",
            })
    void nonsense_is_refused_by_the_path_of_its_field(String path, String value, String sentence) throws Exception {
        var review = Reviews.tree("create-canary");
        put(review, "/request/object" + path, Reviews.JSON.readTree(value));

        assertThat(validation.review(Reviews.review(review)))
                .isInstanceOfSatisfying(
                        Denied.class, denied -> assertThat(denied.sentence()).startsWith(sentence));
    }

    @ParameterizedTest
    @CsvSource({"[0], stepWeights[0]", "'[10,101]', stepWeights[1]"})
    void each_listed_weight_is_a_percentage(String weights, String path) throws Exception {
        var review = Reviews.tree("create-canary");
        var analysis = (ObjectNode) review.at("/request/object/spec/analysis");
        analysis.remove(List.of("stepWeight", "maxWeight"));
        analysis.set("stepWeights", Reviews.JSON.readTree(weights));

        assertThat(validation.review(Reviews.review(review)))
                .isInstanceOfSatisfying(
                        Denied.class, denied -> assertThat(denied.sentence()).startsWith("spec.analysis." + path));
    }

    @Test
    void a_canary_that_is_wrong_already_may_still_be_labelled_and_deleted() {
        var labelled = Reviews.tree("create-canary");
        var request = (ObjectNode) labelled.path("request");
        ((ObjectNode) request.at("/object/spec/analysis")).put("maxWeight", 120);
        request.set("oldObject", request.path("object").deepCopy());
        ((ObjectNode) request.at("/object/metadata")).putObject("labels").put("team", "shop");
        var going = Reviews.tree("create-canary");
        ((ObjectNode) going.at("/request/object/spec/analysis")).put("maxWeight", 120);
        ((ObjectNode) going.at("/request/object/metadata")).put("deletionTimestamp", "2026-01-01T00:00:00Z");

        for (var review : List.of(labelled, going)) {
            assertThat(validation.review(Reviews.review(review))).isEqualTo(Allowed.SILENTLY);
        }
    }

    @Test
    void what_is_no_canary_is_none_of_our_business() {
        assertThat(validation.review(Reviews.review("create-deployment"))).isEqualTo(Allowed.SILENTLY);
    }

    @Test
    void fields_that_nobody_acts_upon_are_a_warning() throws Exception {
        var review = Reviews.tree("create-canary");
        put(review, "/request/object/spec/analysis/alerts", Reviews.JSON.readTree("[{\"name\":\"slack\"}]"));

        assertThat(validation.review(Reviews.review(review)))
                .isInstanceOfSatisfying(
                        Allowed.class,
                        allowed -> assertThat(allowed.warnings())
                                .singleElement()
                                .asString()
                                .contains("alerts"));
    }

    private static void put(JsonNode root, String path, JsonNode value) {
        var slash = path.lastIndexOf('/');
        ((ObjectNode) root.at(path.substring(0, slash))).set(path.substring(slash + 1), value);
    }
}
