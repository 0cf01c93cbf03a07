package dev.haldane.webhook.rollout;

import dev.haldane.webhook.analysis.Verdict;
import dev.haldane.webhook.canary.Phase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The outcome of [Rollout#decide]: either it needs to know more, or it knows what to do.
public sealed interface Decision {

    /// Ask the world, and decide again.
    record Ask(Question question) implements Decision {}

    /// Do these things in this order; then, and only then, the rollout is in `next`.
    ///
    /// @param because for the log
    record Go(Phase next, List<Effect> effects, String because) implements Decision {
        public Go {
            effects = List.copyOf(effects);
        }

        /// What is done before the status is written: all, unless the decision says otherwise.
        public List<Effect> beforeRemembering() {
            var remember = effects.indexOf(new Effect.Remember());
            return remember < 0 ? effects : effects.subList(0, remember);
        }

        /// What is done when the status is written.
        public List<Effect> afterRemembering() {
            var remember = effects.indexOf(new Effect.Remember());
            return remember < 0 ? List.of() : effects.subList(remember + 1, effects.size());
        }

        /// The verdict that this step ends with, if it ends a run.
        public Optional<Verdict> verdict() {
            return effects.stream()
                    .flatMap(effect ->
                            effect instanceof Effect.Pronounce(var verdict) ? Stream.of(verdict) : Stream.empty())
                    .findFirst();
        }
    }

    static Decision ask(Question question) {
        return new Ask(question);
    }

    static Decision stay(Phase phase, String because, Effect... effects) {
        return new Go(phase, List.of(effects), because);
    }

    static Decision go(Phase next, String because, Effect... effects) {
        return new Go(next, List.of(effects), because);
    }
}
