package dev.haldane.webhook.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.Phase.Failed;
import dev.haldane.webhook.canary.Phase.GitDebt;
import dev.haldane.webhook.canary.Phase.Initialized;
import dev.haldane.webhook.canary.Phase.Initializing;
import dev.haldane.webhook.canary.Phase.KeptOnCanary;
import dev.haldane.webhook.canary.Phase.Progressing;
import dev.haldane.webhook.canary.Phase.Promoting;
import dev.haldane.webhook.canary.Phase.Succeeded;
import dev.haldane.webhook.canary.Revision;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StatusCodecTest {

    private static final Revision V1 = new Revision("t1-0000000000000001");
    private static final Revision V2 = new Revision("t1-0000000000000002");
    private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant ELEVEN = Instant.parse("2026-01-01T11:00:00Z");

    @Test
    void a_run_reads_as_flaggers_own() {
        var status = new CanaryStatus(new Progressing(V2, 1, 3, TEN), V1, "", ELEVEN);

        assertThat(StatusCodec.write(spec(), status, MissingNode.getInstance())).isEqualTo(json("""
                                {
                                  "phase": "Progressing",
                                  "canaryWeight": 20,
                                  "failedChecks": 3,
                                  "iterations": 0,
                                  "lastAppliedSpec": "t1-0000000000000002",
                                  "lastPromotedSpec": "t1-0000000000000001",
                                  "lastTransitionTime": "2026-01-01T11:00:00Z",
                                  "runStarted": "2026-01-01T10:00:00Z",
                                  "trackedConfigs": {},
                                  "conditions": [{
                                    "type": "Promoted",
                                    "status": "Unknown",
                                    "reason": "Progressing",
                                    "message": "New revision detected, progressing canary analysis.",
                                    "lastUpdateTime": "2026-01-01T11:00:00Z",
                                    "lastTransitionTime": "2026-01-01T11:00:00Z"
                                  }]
                                }"""));
    }

    @Test
    void a_rollback_says_what_git_owes_and_why() {
        var status = new CanaryStatus(new Failed(V2, "1.8.2", GitDebt.OWED), V1, "rolled back: 37 of 912", ELEVEN);

        var written = StatusCodec.write(spec(), status, MissingNode.getInstance());

        assertThat(written.path("phase").asText()).isEqualTo("Failed");
        assertThat(written.path("git")).isEqualTo(json("{\"state\": \"Owed\", \"version\": \"1.8.2\"}"));
        assertThat(written.path("verdict").asText()).isEqualTo("rolled back: 37 of 912");
        assertThat(written.path("conditions").path(0).path("status").asText()).isEqualTo("False");
        assertThat(written.path("conditions").path(0).path("message").asText())
                .isEqualTo("Canary analysis failed, Deployment scaled to zero.");
    }

    @Test
    void the_condition_moves_only_when_it_changes() {
        var start = new CanaryStatus(new Progressing(V2, -1, 0, TEN), V1, "", TEN);
        var later = new CanaryStatus(new Progressing(V2, 3, 0, TEN), V1, "", ELEVEN);
        var end = new CanaryStatus(new Promoting(V2, TEN), V1, "", ELEVEN);

        var first = StatusCodec.write(spec(), start, MissingNode.getInstance());
        var second = StatusCodec.write(spec(), later, first);
        var third = StatusCodec.write(spec(), end, second);

        assertThat(second.path("conditions")).isEqualTo(first.path("conditions"));
        assertThat(third.path("conditions").path(0).path("lastTransitionTime").asText())
                .isEqualTo("2026-01-01T10:00:00Z");
        assertThat(third.path("conditions").path(0).path("lastUpdateTime").asText())
                .isEqualTo("2026-01-01T11:00:00Z");
    }

    @Test
    void the_failed_checks_of_a_run_that_got_through_stay_to_be_seen() {
        var run = new CanaryStatus(new Progressing(V2, 4, 2, TEN), V1, "", TEN);
        var end = new CanaryStatus(new Succeeded(V2), V2, "", ELEVEN);

        var written = StatusCodec.write(spec(), end, StatusCodec.write(spec(), run, MissingNode.getInstance()));

        assertThat(written.path("failedChecks").asInt()).isEqualTo(2);
        assertThat(written.path("canaryWeight").asInt()).isZero();
    }

    @Test
    void without_a_status_everything_is_still_to_be_done() {
        var status = StatusCodec.read(spec().analysis(), MissingNode.getInstance());

        assertThat(status).isEqualTo(new CanaryStatus(new Initializing(), Revision.NONE, "", Instant.EPOCH));
    }

    @Test
    void a_hash_of_flaggers_is_as_if_none_had_been_seen() {
        var status = StatusCodec.read(spec().analysis(), json("""
                        {"phase": "Initialized", "lastAppliedSpec": "6c8d6f7b9c", "lastPromotedSpec": "6c8d6f7b9c",
                         "canaryWeight": 0, "failedChecks": 0, "lastTransitionTime": "2026-01-01T10:00:00Z"}"""));

        assertThat(status).isEqualTo(new CanaryStatus(new Initialized(Revision.NONE), Revision.NONE, "", TEN));
    }

    @Test
    void a_run_that_flagger_started_goes_on_from_its_weight() {
        var status = StatusCodec.read(spec().analysis(), json("""
                        {"phase": "Progressing", "lastAppliedSpec": "6c8d6f7b9c", "canaryWeight": 35, "failedChecks": 1,
                         "lastTransitionTime": "2026-01-01T12:00:00+01:00",
                         "conditions": [{"type": "Promoted", "status": "Unknown", "reason": "Progressing",
                                         "lastTransitionTime": "2026-01-01T10:00:00Z"}]}"""));

        assertThat(status.phase()).isEqualTo(new Progressing(Revision.NONE, 2, 1, TEN));
        assertThat(status.lastTransition()).isEqualTo(ELEVEN);
    }

    @Test
    void a_rollback_by_flagger_owes_git_nothing() {
        var failed = json("{\"phase\": \"Failed\", \"canaryWeight\": 0, \"lastAppliedSpec\": \"6c8d6f7b9c\"}");

        assertThat(StatusCodec.read(spec().analysis(), failed).phase())
                .isEqualTo(new Failed(Revision.NONE, "", GitDebt.SETTLED));
    }

    @Test
    void failed_with_all_requests_at_the_canary_is_a_promotion_that_failed() {
        var failed = json("{\"phase\": \"Failed\", \"canaryWeight\": 100, \"lastAppliedSpec\": \"" + V2 + "\"}");

        assertThat(StatusCodec.read(spec().analysis(), failed).phase()).isEqualTo(new KeptOnCanary(V2));
    }

    private static CanarySpec spec() {
        var canary = json("""
                {"apiVersion": "flagger.app/v1beta1", "kind": "Canary", "metadata": {"name": "podinfo"},
                 "spec": {"targetRef": {"kind": "Deployment", "name": "podinfo"}, "service": {"port": 80},
                          "analysis": {"stepWeight": 10, "maxWeight": 50}}}""");
        return ((Reading.Understood) CanaryCodec.read(canary)).spec();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
