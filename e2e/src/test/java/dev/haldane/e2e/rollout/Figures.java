package dev.haldane.e2e.rollout;

import dev.haldane.e2e.Visitors;
import java.time.Duration;
import java.time.Instant;

/// What a story has cost its visitors, for who wants to know:
/// `./mvnw -pl e2e -am verify -Dtest='dev.haldane.e2e.rollout.*' -Dsurefire.failIfNoSpecifiedTests=false | grep
/// FIGURE`.
final class Figures {

    private Figures() {}

    @SuppressWarnings("SystemOut")
    static void print(String story, Instant begin, Visitors visitors) {
        System.out.printf(
                "FIGURE %s: %.1f s, %d requests, %d failed, %d more that the bad version failed itself%n",
                story,
                Duration.between(begin, Instant.now()).toMillis() / 1000.0,
                visitors.requests(),
                visitors.failures().size(),
                visitors.expectedFailures());
    }
}
