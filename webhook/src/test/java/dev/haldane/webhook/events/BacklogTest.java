package dev.haldane.webhook.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.cluster.Kind;
import dev.haldane.webhook.cluster.KubeObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private final List<String> delivered = new CopyOnWriteArrayList<>();
    private final AtomicBoolean down = new AtomicBoolean();
    private final Backlog backlog = new Backlog(event -> {
        if (down.get()) {
            throw new ClusterUnavailable("down");
        }
        delivered.add(event.name());
    });

    @Test
    void an_event_is_stored_when_deliver_returns() {
        backlog.deliver(event("one"));

        assertThat(delivered).containsExactly("one");
        backlog.close();
    }

    @Test
    void what_could_not_be_stored_comes_later_and_in_order() {
        down.set(true);
        backlog.deliver(event("one"));
        backlog.deliver(event("two"));
        down.set(false);
        backlog.deliver(event("three"));

        await().until(() -> delivered.equals(List.of("one", "two", "three")));
        backlog.close();
    }

    @Test
    void closing_does_not_wait_for_ever() {
        down.set(true);
        backlog.deliver(event("one"));

        backlog.close();

        assertThat(delivered).isEmpty();
    }

    private static KubeObject event(String name) {
        return KubeObject.named(Kind.EVENT, "test", name);
    }
}
