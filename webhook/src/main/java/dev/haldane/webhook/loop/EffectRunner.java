package dev.haldane.webhook.loop;

import dev.haldane.webhook.analysis.Verdict;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.Weight;
import dev.haldane.webhook.events.EventSink;
import dev.haldane.webhook.events.EventSink.Message;
import dev.haldane.webhook.rollout.Effect;
import dev.haldane.webhook.workload.WorkloadView;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what a decision asks for.
final class EffectRunner {

    private static final Logger LOG = LoggerFactory.getLogger(EffectRunner.class);

    private final Ports ports;
    private final Pause pause;

    EffectRunner(Ports ports, Pause pause) {
        this.ports = ports;
        this.pause = pause;
    }

    /// @param told topics that the previous tick has spoken about
    void run(Effect effect, CanarySpec spec, WorkloadView view, Set<Effect.Topic> told) throws InterruptedException {
        switch (effect) {
            case Effect.TakeOver _ -> takeOver(spec, view);
            case Effect.StartCanary _ -> ports.workloads().startTarget(spec, view);
            case Effect.StopCanary _ -> ports.workloads().stopTarget(spec);
            case Effect.Route(var weight) -> route(spec, weight);
            case Effect.Settle _ -> pause.take(Pause.MESH);
            case Effect.CopyToPrimary _ -> ports.workloads().promote(spec, view);
            case Effect.Remember _ -> {} // The tick does that.
            case Effect.Tell tell -> tell(spec, tell);
            case Effect.TellOnce(var topic, var message) -> {
                if (!told.contains(topic)) {
                    tell(spec, message);
                }
            }
            case Effect.Pronounce(var verdict) -> pronounce(spec, verdict);
        }
    }

    /// The primary's Service is new: Istio answers 503 to some requests if a route to it comes at once.
    private void takeOver(CanarySpec spec, WorkloadView view) throws InterruptedException {
        pause.take(Pause.MESH);
        ports.router().ensure(spec);
        ports.workloads().ensureApex(spec, view);
    }

    private void route(CanarySpec spec, Weight weight) {
        if (!ports.router().read(spec).equals(weight)) {
            ports.router().route(spec, weight);
        }
    }

    private void tell(CanarySpec spec, Effect.Tell tell) {
        var severity = severity(tell.severity());
        LOG.info("{} {}: {}", spec.id(), severity, tell.text());
        ports.events().tell(spec.ref(), new Message(severity, Message.SYNCED, tell.text()));
    }

    private static EventSink.Severity severity(Effect.Severity severity) {
        return switch (severity) {
            case NORMAL -> EventSink.Severity.NORMAL;
            case WARNING -> EventSink.Severity.WARNING;
        };
    }

    private void pronounce(CanarySpec spec, Verdict verdict) {
        LOG.info("{} verdict: {}", spec.id(), verdict.sentence());
        var message = switch (verdict.outcome()) {
            case PROMOTED -> new Message(EventSink.Severity.NORMAL, "Promoted", verdict.sentence());
            case ROLLED_BACK -> new Message(EventSink.Severity.WARNING, "RolledBack", verdict.sentence());
            case PROMOTION_FAILED -> new Message(EventSink.Severity.WARNING, "PromotionFailed", verdict.sentence());
        };
        ports.events().tell(spec.ref(), message);
    }
}
