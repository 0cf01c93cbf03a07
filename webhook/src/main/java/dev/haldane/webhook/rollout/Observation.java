package dev.haldane.webhook.rollout;

import dev.haldane.webhook.analysis.Verdict.Requests;
import dev.haldane.webhook.analysis.Verdict.Subject;
import dev.haldane.webhook.canary.Health;
import dev.haldane.webhook.canary.Revision;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What one tick has seen of the world so far: the cheap facts at once, the answers as they are asked for.
///
/// @param now     the time of this tick
/// @param due     whether the analysis interval has passed; a tick that was woken before only reacts to changes
/// @param answers so far
public record Observation(Target target, Primary primary, Instant now, boolean due, Map<Question, Answer> answers) {

    /// The workload that people change, and the canary's pods while there is a run.
    ///
    /// @param version the chart's version, the image's where the chart has none; `""` if there is neither
    public record Target(Revision revision, Health health, Subject subject, String version) {}

    /// The workload that serves users.
    ///
    /// @param revision of the pod template that it was given, if it exists
    public record Primary(Optional<Revision> revision, Health health) {

        boolean runs(Revision other) {
            return revision.filter(other::equals).isPresent();
        }

        /// Not ready, but it may become so; a primary that is [Health.Stuck] must not block its own mending.
        boolean pending() {
            return !ready() && !stuck();
        }

        boolean stuck() {
            return health instanceof Health.Stuck;
        }

        boolean ready() {
            return health instanceof Health.Ready;
        }
    }

    public Observation {
        answers = Map.copyOf(answers);
    }

    public Observation with(Question question, Answer answer) {
        var more = new EnumMap<Question, Answer>(Question.class);
        more.putAll(answers);
        more.put(question, answer);
        return new Observation(target, primary, now, due, more);
    }

    public boolean unasked(Question question) {
        return !answers.containsKey(question);
    }

    /// The target's pods run this revision and no other.
    boolean runs(Revision revision) {
        return target.revision().equals(revision);
    }

    /// The target is what the primary runs: there is nothing to judge.
    boolean nothingNew() {
        return primary.runs(target.revision());
    }

    /// The target has pods of this revision that may be sent requests.
    boolean serves(Revision revision) {
        return runs(revision) && (canary() instanceof Health.Ready || canary() instanceof Health.Pending);
    }

    Health canary() {
        return target.health();
    }

    Answer answer(Question question) {
        var answer = answers.get(question);
        return answer == null ? new Answer.Unknown("not asked") : answer;
    }

    Optional<Requests> requests() {
        return answer(Question.TALLY) instanceof Answer.Counted(var requests)
                ? Optional.of(requests)
                : Optional.empty();
    }
}
