package dev.haldane.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.haldane.postrender.manifest.JsonPatch;
import dev.haldane.webhook.admission.ReviewCodec.NoReview;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReviewCodecTest {

    @Test
    void what_we_need_is_read_and_what_nobody_knows_is_kept() throws Exception {
        var review = ReviewCodec.read(Reviews.bytes("create-deployment"));

        assertThat(review.uid()).isEqualTo("705ab4f5-6393-11e8-b7cc-42010a800002");
        assertThat(review.isWrite()).isTrue();
        assertThat(review.requester()).isEqualTo(new Requester("kubernetes-admin", "kubectl-client-side-apply"));
        assertThat(review).hasToString("CREATE Deployment jx-production/shop");
        assertThat(review.oldManifest()).isEmpty();
        var object = review.newManifest().orElseThrow();
        assertThat(object.text("metadata", "somethingNobodyKnows", "half")).contains("0.50");
        assertThat(object.text("metadata", "somethingNobodyKnows", "large")).contains("12345678901234567890");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|this is nothing of nothing, only AdmissionReview of admission.k8s.io/v1 is understood",
                "{|the body is not JSON (line 1, column 2)",
                "{} trailing|the body is not JSON (line 1, column 4)",
                "[1]|this is nothing of nothing, only AdmissionReview of admission.k8s.io/v1 is understood",
                "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1beta1\"}"
                        + "|this is AdmissionReview of admission.k8s.io/v1beta1, only AdmissionReview of"
                        + " admission.k8s.io/v1 is understood",
                "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\"}|request.uid is missing",
                "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":7}"
                        + "|request.uid is missing"
            })
    void what_is_no_review_is_refused_in_one_sentence(String body, String sentence) {
        assertThatThrownBy(() -> ReviewCodec.read(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(NoReview.class)
                .hasMessage(sentence);
    }

    @Test
    void json_that_is_too_deep_is_refused() {
        var deep = "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> ReviewCodec.read(deep))
                .isInstanceOf(NoReview.class)
                .hasMessage("the JSON is nested deeper than 512 levels");
    }

    @Test
    void bytes_that_are_no_text_are_refused() {
        assertThatThrownBy(() -> ReviewCodec.read(new byte[] {'{', '"', (byte) 0xFF, (byte) 0xFE, '"'}))
                .isInstanceOf(NoReview.class)
                .hasMessageStartingWith("the body is not JSON");
    }

    @Test
    void an_answer_has_the_uid_of_its_question() {
        assertThat(ReviewCodec.write("17", Admission.Allowed.SILENTLY))
                .isEqualTo("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\","
                        + "\"response\":{\"uid\":\"17\",\"allowed\":true}}");
    }

    @Test
    void a_patch_is_base64_of_json() {
        var patch = JsonPatch.between(Reviews.manifest("{\"a\":1}"), Reviews.manifest("{\"a\":2}"));

        var answer = ReviewCodec.write("17", new Admission.Patched(patch, List.of("look out")));

        assertThat(Reviews.patch(answer))
                .isEqualTo("[{\"op\":\"test\",\"path\":\"/a\",\"value\":1},"
                        + "{\"op\":\"replace\",\"path\":\"/a\",\"value\":2}]");
        assertThat(answer).contains("\"patchType\":\"JSONPatch\"", "\"warnings\":[\"look out\"]");
    }

    @Test
    void a_refusal_carries_its_sentence() {
        assertThat(ReviewCodec.write("17", new Admission.Denied("spec.x is 5, allowed is 4")))
                .contains(
                        "\"allowed\":false",
                        "\"status\":{\"code\":422,\"reason\":\"Invalid\",\"message\":\"spec.x is 5, allowed is 4\"}");
    }
}
