package dev.haldane.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.webhook.events.EventSink.Message;
import dev.haldane.webhook.events.EventSink.Severity;
import dev.haldane.webhook.events.KubernetesEvents;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RealEventsTest {

    private Bench bench;
    private KubernetesEvents events;

    @BeforeEach
    void open() {
        bench = Bench.open();
        bench.apply(Bench.CANARY);
        events = new KubernetesEvents(bench.cluster, InstantSource.system());
    }

    @AfterEach
    void close() {
        if (events != null) { // or else the test was skipped
            events.close();
        }
    }

    @Test
    void an_event_looks_like_flaggers_own() {
        tell(Severity.NORMAL, "New revision detected! Scaling up podinfo.test");

        var columns = "-o=custom-columns=T:.type,R:.reason,C:.source.component,A:.involvedObject.apiVersion,"
                + "K:.involvedObject.kind,N:.involvedObject.name,M:.message";
        assertThat(bench.kubectl("get", "events", "--no-headers", columns)
                        .strip()
                        .replaceAll(" {2,}", "|"))
                .isEqualTo("Normal|Synced|flagger|flagger.app/v1beta1|Canary|podinfo"
                        + "|New revision detected! Scaling up podinfo.test");
        assertThat(bench.kubectl("describe", "canary", "podinfo"))
                .contains("flagger")
                .contains("New revision detected! Scaling up podinfo.test");
    }

    @Test
    void the_same_text_is_counted() {
        for (int i = 0; i < 3; i++) {
            tell(Severity.WARNING, "podinfo-primary.test not ready");
        }
        tell(Severity.NORMAL, "podinfo-primary.test not ready");

        assertThat(bench.kubectl("get", "events", "--no-headers", "-o=custom-columns=T:.type,C:.count")
                        .lines()
                        .map(line -> line.replaceAll(" +", " ").strip()))
                .containsExactlyInAnyOrder("Warning 3", "Normal 1");
    }

    @Test
    void none_of_many_is_lost() {
        for (int i = 0; i < 60; i++) {
            tell(Severity.NORMAL, "Advance podinfo.test canary weight " + i);
        }

        assertThat(bench.kubectl("get", "events", "--no-headers", "-o=name").lines())
                .hasSize(60);
    }

    private void tell(Severity severity, String text) {
        events.tell(bench.canary().ref(), new Message(severity, Message.SYNCED, text));
    }
}
