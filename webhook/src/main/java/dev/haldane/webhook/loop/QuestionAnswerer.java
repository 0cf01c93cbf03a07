package dev.haldane.webhook.loop;

import dev.haldane.webhook.analysis.Reading;
import dev.haldane.webhook.analysis.Verdict.Requests;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.MetricCheck;
import dev.haldane.webhook.canary.Phase;
import dev.haldane.webhook.canary.Phase.Failed;
import dev.haldane.webhook.canary.Phase.Finalising;
import dev.haldane.webhook.canary.Phase.Progressing;
import dev.haldane.webhook.canary.Phase.Promoting;
import dev.haldane.webhook.gitops.WriteBack;
import dev.haldane.webhook.metrics.MetricsUnavailable;
import dev.haldane.webhook.rollout.Answer;
import dev.haldane.webhook.rollout.Question;
import dev.haldane.webhook.store.StoredCanary.Understood;
import dev.haldane.webhook.workload.WorkloadView;
import java.time.Duration;
import java.time.Instant;

/// Asks the outside world what the decision table wants to know.
final class QuestionAnswerer {

    private static final Duration SHORTEST_RUN = Duration.ofSeconds(1);

    private final Ports ports;
    private final CanaryMeters meters;

    QuestionAnswerer(Ports ports, CanaryMeters meters) {
        this.ports = ports;
        this.meters = meters;
    }

    Answer answer(Question question, Understood canary, WorkloadView view, Instant now) {
        try {
            return switch (question) {
                case PROVIDERS -> providers();
                case METRICS -> metrics(canary.spec());
                case TALLY -> tally(canary.spec(), since(canary.status().phase(), now), now);
                case GIT -> git(canary, view);
            };
        } catch (MetricsUnavailable e) {
            return new Answer.Unknown(String.valueOf(e.getMessage()));
        }
    }

    private Answer providers() throws MetricsUnavailable {
        ports.metrics().ping();
        return new Answer.Yes();
    }

    private Answer metrics(CanarySpec spec) throws MetricsUnavailable {
        for (MetricCheck check : spec.analysis().checks()) {
            var reading = new Reading(check, ports.metrics().value(spec, check));
            meters.measured(spec, reading);
            if (!reading.passes()) {
                return new Answer.Breached(reading);
            }
        }
        return new Answer.Yes();
    }

    private Answer tally(CanarySpec spec, Instant since, Instant now) throws MetricsUnavailable {
        var run = Duration.between(since, now);
        var window = run.compareTo(SHORTEST_RUN) < 0 ? SHORTEST_RUN : run;
        var canary = ports.metrics().tally(spec, spec.target().name(), window);
        var primary = ports.metrics().tally(spec, spec.target().primary(), window);
        return new Answer.Counted(new Requests(canary, primary));
    }

    private static Instant since(Phase phase, Instant now) {
        return switch (phase) {
            case Progressing p -> p.since();
            case Promoting p -> p.since();
            case Finalising p -> p.since();
            case Phase _ -> now;
        };
    }

    private Answer git(Understood canary, WorkloadView view) {
        if (!(canary.status().phase() instanceof Failed failed)
                || failed.version().isEmpty()) {
            return new Answer.Settled("");
        }
        var spec = canary.spec();
        var request = new WriteBack.Request(
                spec.id(),
                spec.uid(),
                failed.revision(),
                view.app(),
                failed.version(),
                canary.status().verdict());
        return switch (ports.writeBack().revert(request)) {
            case WriteBack.Outcome.Reverted done -> new Answer.Settled(inWords(done, view.app()));
            case WriteBack.Outcome.NothingToDo _, WriteBack.Outcome.NotConfigured _ -> new Answer.Settled("");
            case WriteBack.Outcome.Refused(var why, var retry) ->
                retry ? new Answer.Unknown(why) : new Answer.Refused(why);
        };
    }

    private static String inWords(WriteBack.Outcome.Reverted done, String app) {
        var what = done.goodVersion().isEmpty() ? app + " removed" : app + " is " + done.goodVersion() + " again";
        return what + " in " + done.repository() + ", commit " + done.commit();
    }
}
