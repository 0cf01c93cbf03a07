package dev.haldane.webhook.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.canary.CanaryRef;
import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.cluster.ClusterConflict;
import dev.haldane.webhook.cluster.Kind;
import dev.haldane.webhook.cluster.KubeObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/// Events as Flagger's own, so that nobody's watch notices a difference: component `flagger`, about the Canary. The
/// same text about the same object is one Event that counts. What the API server does not take at once waits for it.
public final class KubernetesEvents implements EventSink, AutoCloseable {

    private static final String COMPONENT = "flagger";
    private static final int LONGEST_NAME = 230;
    private static final int LONGEST_TEXT = 1024;

    private final Cluster cluster;
    private final InstantSource clock;
    private final Backlog backlog;

    public KubernetesEvents(Cluster cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
        this.backlog = new Backlog(this::deliver);
    }

    @Override
    public void tell(CanaryRef about, Message message) {
        backlog.deliver(event(about, message));
    }

    private void deliver(KubeObject event) {
        try {
            cluster.create(Kind.EVENT, event);
        } catch (ClusterConflict known) {
            count(event, known);
        }
    }

    /// Said before: the Event that is there counts one more.
    private void count(KubeObject event, ClusterConflict known) {
        var before = cluster.get(Kind.EVENT, event.namespace(), event.name())
                .orElseThrow(() -> new ClusterUnavailable("the event has just expired", known));
        var patch = JsonNodeFactory.instance.objectNode();
        patch.put("count", before.at("count").asInt(1) + 1);
        patch.set("lastTimestamp", event.at("lastTimestamp"));
        cluster.merge(Kind.EVENT, event.namespace(), event.name(), patch);
    }

    private KubeObject event(CanaryRef about, Message message) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var type = type(message.severity());
        var text = message.text().length() <= LONGEST_TEXT
                ? message.text()
                : message.text().substring(0, LONGEST_TEXT - 1) + "…";
        var name = about.id().name();
        var event = KubeObject.named(
                Kind.EVENT,
                about.id().namespace(),
                name.substring(0, Math.min(name.length(), LONGEST_NAME)) + "."
                        + digest(about.uid() + "\n" + type + "\n" + message.reason() + "\n" + text));
        ObjectNode tree = event.tree();
        tree.putObject("involvedObject")
                .put("apiVersion", about.apiVersion())
                .put("kind", Kind.CANARY.kind())
                .put("namespace", about.id().namespace())
                .put("name", name)
                .put("uid", about.uid());
        tree.put("type", type).put("reason", message.reason()).put("message", text);
        tree.putObject("source").put("component", COMPONENT);
        tree.put("reportingComponent", COMPONENT);
        tree.put("firstTimestamp", now).put("lastTimestamp", now).put("count", 1);
        return event;
    }

    private static String type(Severity severity) {
        return switch (severity) {
            case NORMAL -> "Normal";
            case WARNING -> "Warning";
        };
    }

    private static String digest(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Waits a moment for what is still to be delivered.
    @Override
    public void close() {
        backlog.close();
    }
}
