package dev.haldane.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReviewEndpointTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void an_answer_is_given_and_counted() {
        var endpoint = new ReviewEndpoint("/validate", _ -> new Admission.Denied("no"), meters);

        var answer = endpoint.answer(Reviews.bytes("create-canary"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"uid\":\"c-1\"", "\"allowed\":false");
        assertThat(count("denied")).isEqualTo(1);
        assertThat(count("allowed")).isZero();
    }

    @Test
    void what_is_no_review_gets_400_and_one_line() {
        var endpoint = new ReviewEndpoint("/mutate", _ -> Admission.Allowed.SILENTLY, meters);

        var answer = endpoint.answer("{".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().lines()).containsExactly("the body is not JSON (line 1, column 2)");
        assertThat(count("malformed")).isEqualTo(1);
    }

    @Test
    void when_we_are_confused_the_users_request_passes() {
        var endpoint = new ReviewEndpoint(
                "/mutate",
                _ -> {
                    throw new IllegalStateException("a secret of ours");
                },
                meters);

        var answer = endpoint.answer(Reviews.bytes("create-deployment"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"uid\":\"705ab4f5-6393-11e8-b7cc-42010a800002\"", "\"allowed\":true")
                .doesNotContain("patch", "secret");
        assertThat(count("confused")).isEqualTo(1);
    }

    private long count(String outcome) {
        return meters.get("haldane.admission.review")
                .tag("outcome", outcome)
                .timer()
                .count();
    }
}
