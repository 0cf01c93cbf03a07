package dev.haldane.postrender.plan;

import java.util.List;
import java.util.stream.Stream;

/// What happens at a look, in words, and what it waits for.
final class MomentText {

    private MomentText() {}

    static String of(Moment moment, Plan plan) {
        boolean first = moment.look() == 1;
        return switch (moment.action()) {
            case FOUND ->
                "a new revision is found and its pods start; not ready within " + Interval.spoken(plan.deadline())
                        + ": rolled back";
            case MIRRORED -> "copies of " + plan.analysis().mirrored() + " % of the requests" + tested(first, plan);
            case WEIGHT -> moment.weight() + " %" + tested(first, plan);
            case ITERATION -> iteration(moment) + tested(first, plan);
            case ALL_TO_CANARY -> "100 %, for one look";
            case PROMOTED -> "promotion: the primary gets the revision";
            case SOME_TO_PRIMARY -> moment.weight() + " % at the canary, the others at the primary again";
            case ALL_TO_PRIMARY -> "all requests are at the primary again";
            case DONE -> "the canary's pods go" + after(plan);
            case UNJUDGED -> "as soon as they are ready the primary gets the revision, and they go";
        };
    }

    /// Flagger's: one before the pods start, one before each step and the promotion, one before the promotion alone
    /// (before blue/green sends requests, too).
    static List<Hook> gates(Moment moment, Plan plan) {
        return switch (moment.action()) {
            case FOUND -> plan.hooks("confirm-rollout");
            case WEIGHT -> plan.hooks("confirm-traffic-increase");
            case ALL_TO_CANARY -> plan.hooks("confirm-promotion");
            case PROMOTED ->
                Stream.concat(
                                plan.strategy() == Strategy.WEIGHTS
                                        ? plan.hooks("confirm-traffic-increase").stream()
                                        : Stream.empty(),
                                plan.hooks("confirm-promotion").stream())
                        .toList();
            case MIRRORED, ITERATION, SOME_TO_PRIMARY, ALL_TO_PRIMARY, DONE, UNJUDGED -> List.of();
        };
    }

    private static String iteration(Moment moment) {
        return moment.weight() == 0
                ? "look " + moment.look() + " without requests of users"
                : "100 % of the requests that match, look " + moment.look();
    }

    private static String tested(boolean first, Plan plan) {
        var tests = plan.hooks("pre-rollout");
        return first && !tests.isEmpty()
                ? ", after the hook "
                        + String.join(", ", tests.stream().map(Hook::name).toList())
                : "";
    }

    private static String after(Plan plan) {
        var calls = plan.hooks("post-rollout");
        return calls.isEmpty()
                ? ""
                : ", then " + String.join(", ", calls.stream().map(Hook::name).toList()) + " is called";
    }
}
