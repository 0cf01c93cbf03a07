package dev.haldane.webhook.loop;

import dev.haldane.webhook.analysis.Verdict;
import dev.haldane.webhook.analysis.Verdict.Subject;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.Health;
import dev.haldane.webhook.canary.Phase;
import dev.haldane.webhook.canary.Phase.Initialized;
import dev.haldane.webhook.canary.Phase.Initializing;
import dev.haldane.webhook.canary.Phase.Succeeded;
import dev.haldane.webhook.canary.Revision;
import dev.haldane.webhook.rollout.Decision;
import dev.haldane.webhook.rollout.Decision.Ask;
import dev.haldane.webhook.rollout.Decision.Go;
import dev.haldane.webhook.rollout.Effect;
import dev.haldane.webhook.rollout.Observation;
import dev.haldane.webhook.rollout.Question;
import dev.haldane.webhook.rollout.Rollout;
import dev.haldane.webhook.rollout.Upkeep;
import dev.haldane.webhook.store.CanaryStatus;
import dev.haldane.webhook.store.StoredCanary.Understood;
import dev.haldane.webhook.workload.WorkloadView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One tick of one Canary: look, ensure, decide, act, remember. In that order, so that a crash anywhere is repaired by
/// the next tick.
final class CanaryTick {

    private static final Logger LOG = LoggerFactory.getLogger(CanaryTick.class);

    private final Ports ports;
    private final CanaryMeters meters;
    private final InstantSource clock;
    private final QuestionAnswerer answerer;
    private final EffectRunner runner;

    CanaryTick(Ports ports, CanaryMeters meters, InstantSource clock, Pause pause) {
        this.ports = ports;
        this.clock = clock;
        this.meters = meters;
        this.answerer = new QuestionAnswerer(ports, meters);
        this.runner = new EffectRunner(ports, pause);
    }

    /// What a tick leaves to the next one of the same process.
    ///
    /// @param changed whether a status was written
    /// @param told    topics that this tick has spoken about
    record Result(Phase phase, boolean changed, Set<Effect.Topic> told) {}

    Result run(Understood canary, Instant now, boolean due, Set<Effect.Topic> told) throws InterruptedException {
        var spec = canary.spec();
        var phase = canary.status().phase();
        var view = prepare(spec, phase);
        var look = observe(view, now, due);
        var decided = decide(canary, view, look);
        var go = decided.go();
        act(go.beforeRemembering(), spec, view, told);
        var changed = remember(canary, go, now);
        act(go.afterRemembering(), spec, view, told);
        if (go.next().equals(phase)) {
            act(Upkeep.of(spec, phase, look), spec, view, told);
        }
        meters.ticked(spec, go);
        if (!decided.seen().unasked(Question.METRICS)) {
            meters.analysed(spec, Duration.between(now, clock.instant()));
        }
        return new Result(go.next(), changed, topics(go));
    }

    /// A suspended Canary, or one without a target, is left as it is.
    private WorkloadView prepare(CanarySpec spec, Phase phase) {
        var view = ports.workloads().look(spec);
        if (spec.suspended() || view.target() instanceof Health.Missing) {
            return view;
        }
        ports.workloads().ensurePrimary(spec, view);
        if (view.primary() instanceof Health.Missing) {
            view = ports.workloads().look(spec);
        }
        if (!(phase instanceof Initializing)) {
            ports.router().ensure(spec);
            if (view.primary() instanceof Health.Ready) {
                ports.workloads().ensureApex(spec, view);
            }
        }
        return view;
    }

    private static Observation observe(WorkloadView view, Instant now, boolean due) {
        var version = view.chartVersion().isEmpty() ? view.appVersion() : view.chartVersion();
        var target = new Observation.Target(
                view.revision(), view.target(), new Subject(view.app(), view.appVersion()), version);
        return new Observation(
                target, new Observation.Primary(view.primaryRevision(), view.primary()), now, due, Map.of());
    }

    private record Decided(Go go, Observation seen) {}

    private Decided decide(Understood canary, WorkloadView view, Observation look) {
        var seen = look;
        while (true) {
            Decision decision = Rollout.decide(canary.spec(), canary.status().phase(), seen);
            switch (decision) {
                case Ask(var question) ->
                    seen = seen.with(question, answerer.answer(question, canary, view, look.now()));
                case Go go -> {
                    return new Decided(go, seen);
                }
            }
        }
    }

    private void act(List<Effect> effects, CanarySpec spec, WorkloadView view, Set<Effect.Topic> told)
            throws InterruptedException {
        for (var effect : effects) {
            runner.run(effect, spec, view, told);
        }
    }

    private boolean remember(Understood canary, Go go, Instant now) {
        var before = canary.status();
        var neverWritten = before.lastTransition().equals(Instant.EPOCH);
        if (go.next().equals(before.phase()) && !neverWritten) {
            LOG.debug("{} stays {}: {}", canary.id(), before.phase(), go.because());
            return false;
        }
        log(canary, go);
        var verdict = go.verdict().map(Verdict::sentence).orElse(before.verdict());
        var after = new CanaryStatus(go.next(), promoted(go.next(), before.promoted()), verdict, now);
        ports.store().writeStatus(canary, after);
        return true;
    }

    private static void log(Understood canary, Go go) {
        var before = canary.status().phase();
        if (before.getClass().equals(go.next().getClass())) {
            LOG.debug("{} {} -> {}: {}", canary.id(), before, go.next(), go.because());
        } else {
            LOG.info("{} is {}: {}", canary.id(), go.next().getClass().getSimpleName(), go.because());
        }
    }

    private static Revision promoted(Phase next, Revision before) {
        return switch (next) {
            case Initialized(var revision) -> revision;
            case Succeeded(var revision) -> revision;
            case Phase _ -> before;
        };
    }

    private static Set<Effect.Topic> topics(Go go) {
        var topics = EnumSet.noneOf(Effect.Topic.class);
        for (var effect : go.effects()) {
            if (effect instanceof Effect.TellOnce once) {
                topics.add(once.topic());
            }
        }
        return topics;
    }
}
