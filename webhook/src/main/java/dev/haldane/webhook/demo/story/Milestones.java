package dev.haldane.webhook.demo.story;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What has come to pass since a promotion began, and when.
final class Milestones {

    private final List<Integer> weights = new ArrayList<>();
    private @Nullable Duration firstAnswer;
    private @Nullable Duration trafficBack;
    private @Nullable Duration gitBack;

    /// @param now      since the demo began
    /// @param answered whether the new version has answered a request
    /// @param gitRight whether Git does not want it (any more)
    void note(Duration now, Facts facts, boolean answered, boolean gitRight) {
        int weight = facts.weight().orElse(0);
        if (weights.isEmpty() ? weight > 0 : weights.getLast() != weight) {
            weights.add(weight);
        }
        if (firstAnswer == null && answered) {
            firstAnswer = now;
        }
        boolean back = !weights.isEmpty() && weight == 0;
        if (trafficBack == null && back) {
            trafficBack = now;
        }
        if (gitBack == null && back && gitRight) {
            gitBack = now;
        }
    }

    /// All weights that were seen at the gateway, in their order.
    List<Integer> weights() {
        return List.copyOf(weights);
    }

    Optional<Duration> trafficBack() {
        return between(firstAnswer, trafficBack);
    }

    Optional<Duration> gitBack() {
        return between(trafficBack, gitBack);
    }

    private static Optional<Duration> between(@Nullable Duration from, @Nullable Duration to) {
        return from == null || to == null ? Optional.empty() : Optional.of(to.minus(from));
    }
}
