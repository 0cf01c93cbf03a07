package dev.haldane.postrender.plan;

import dev.haldane.postrender.plan.Moment.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A plan for people: one sentence that says it all, then look by look, then how the bounds come about.
public final class PlanText {
    private static final int LABEL = 10;

    private final Plan plan;
    private final double perMinute;
    private final boolean seconds;

    private PlanText(Plan plan, double perMinute) {
        this.plan = plan;
        this.perMinute = perMinute;
        this.seconds = plan.interval().toMillis() % Duration.ofMinutes(1).toMillis() != 0;
    }

    /// @param origin    where the Canary comes from, such as `added by inject-canary`
    /// @param perMinute requests a minute for which to say how long a run must be
    public static String of(Plan plan, String origin, double perMinute) {
        var text = new PlanText(plan, perMinute);
        var out = new StringBuilder();
        out.append(plan.subject())
                .append(" of ")
                .append(plan.target())
                .append(", ")
                .append(origin)
                .append('\n');
        out.append("  ").append(text.sentence()).append("\n\n");
        text.moments().forEach(line -> out.append("  ").append(line).append('\n'));
        out.append('\n');
        text.remarks().forEach(line -> out.append("  ").append(line).append('\n'));
        return out.toString();
    }

    /// All of it in one line.
    private String sentence() {
        var steps = plan.strategy() == Strategy.UNJUDGED
                ? "promoted as soon as its pods are ready, without a check"
                : steps() + ", then promotion";
        var bound = plan.strategy() == Strategy.UNJUDGED
                        || (plan.analysis().checks().isEmpty() && tests().isEmpty())
                ? "; nothing is judged, so that a bad release is promoted like a good one"
                : "; a bad release is rolled back after at most " + Interval.spoken(plan.rollbackBound());
        var needs = plan.traffic()
                .map(traffic -> "; at " + amount() + " this needs " + Interval.spoken(traffic.durationAt(perMinute)))
                .orElse("");
        return (plan.suspended() ? "suspended; once spec.suspend is false: " : "") + steps + bound + needs;
    }

    private String steps() {
        var judged = plan.moments().stream().filter(Moment::isJudged).toList();
        var first = judged.getFirst();
        var last = judged.getLast();
        if (plan.strategy() == Strategy.BLUE_GREEN && last.action() == Action.ALL_TO_CANARY) {
            var before = judged.subList(0, judged.size() - 1);
            return span(before) + what(before.getFirst()) + ", " + minute(last) + ": 100 %";
        }
        if (plan.strategy() == Strategy.WEIGHTS) {
            var dots = judged.size() > 2 ? " … " : ", ";
            return minute(first) + ": " + what(first)
                    + (judged.size() == 1 ? "" : dots + minute(last) + ": " + what(last));
        }
        return span(judged) + what(last);
    }

    private String span(List<Moment> moments) {
        var to = moments.size() == 1 ? "" : " to " + clock(moments.getLast());
        return minute(moments.getFirst()) + to + ": ";
    }

    private String what(Moment moment) {
        return switch (moment.action()) {
            case MIRRORED -> "copies of " + plan.analysis().mirrored() + " %";
            case ITERATION -> moment.weight() == 0 ? "no request of a user" : "all requests that match";
            default -> moment.weight() + " %";
        };
    }

    private List<String> moments() {
        var width = minute(plan.moments().getLast()).length();
        return plan.moments().stream()
                .map(moment -> {
                    var minute = moment.action() == Action.UNJUDGED ? "then" : minute(moment);
                    return minute
                            + " ".repeat(Math.max(0, width - minute.length()) + 2)
                            + waits(moment)
                            + MomentText.of(moment, plan);
                })
                .toList();
    }

    private String minute(Moment moment) {
        return "minute " + clock(moment);
    }

    private String clock(Moment moment) {
        return Interval.clock(plan.at(moment), seconds);
    }

    private String waits(Moment moment) {
        return MomentText.gates(moment, plan).stream()
                .map(hook -> "waits for the " + hook.type() + " gate " + hook.name() + ", then ")
                .collect(Collectors.joining());
    }

    private List<Hook> tests() {
        return plan.hooks("rollout");
    }

    private List<String> remarks() {
        var lines = new ArrayList<String>();
        if (plan.strategy() != Strategy.UNJUDGED) {
            lines.add(labelled("checks", checks()));
            lines.add(labelled(
                    "rollback",
                    plan.threshold() + (plan.threshold() == 1 ? " failed check" : " failed checks") + ", one look each "
                            + Interval.written(plan.interval()) + ": after at most "
                            + Interval.spoken(plan.rollbackBound()) + rollbackShare()));
            plan.hooks("rollback")
                    .forEach(hook ->
                            lines.add(labelled("", "at once when the rollback gate " + hook.name() + " opens")));
        }
        lines.addAll(traffic());
        if (!plan.notYet().isEmpty()) {
            lines.add(labelled(
                    "not yet",
                    "`haldane serve` refuses this Canary, because it does not do this yet: "
                            + String.join(", ", plan.notYet())));
        }
        return lines;
    }

    private String checks() {
        var checks = new ArrayList<String>();
        plan.analysis().checks().forEach(check -> checks.add(check.toString()));
        tests().forEach(hook -> checks.add("the hook " + hook.name()));
        return checks.isEmpty() ? "none" : String.join(", ", checks);
    }

    private String rollbackShare() {
        var first = plan.moments().stream().filter(Moment::isJudged).findFirst().orElseThrow();
        return first.action() == Action.WEIGHT ? ", at " + first.weight() + " % if it is bad from the start" : "";
    }

    private List<String> traffic() {
        if (plan.traffic().isEmpty()) {
            return plan.analysis().checks().isEmpty()
                    ? List.of()
                    : List.of(labelled("traffic", "nobody here can tell how many requests these checks need"));
        }
        var traffic = plan.traffic().get();
        var lines = new ArrayList<String>();
        lines.add(labelled(
                "traffic",
                Numbers.grouped(traffic.needed()) + " requests without a bad one show, at 95 %, that fewer than "
                        + Numbers.plain(traffic.badPercent()) + " % are bad"));
        lines.add(labelled(
                "",
                "the canary gets as many from " + Numbers.grouped(traffic.perMinute()) + " " + kind()
                        + " a minute on; at " + amount() + " from an interval of "
                        + Interval.written(traffic.intervalAt(perMinute)) + " on"));
        if (plan.strategy() == Strategy.BLUE_GREEN && plan.analysis().mirrored() == 0) {
            lines.add(labelled(
                    "",
                    "before that only a load test calls " + plan.apex()
                            + "-canary; without one each check finds no request, which counts as failed"));
            return lines;
        }
        var at = traffic.firstWeight() < 100 ? " at " + Numbers.plain(traffic.firstWeight()) + " %" : "";
        lines.add(labelled(
                "",
                "below " + Numbers.grouped(traffic.perMinuteToBearOne()) + " a minute one bad request fails a check"
                        + at));
        lines.add(labelled(
                "",
                "below " + Numbers.grouped(traffic.perMinuteToSeeAny()) + " a minute one check in 100 finds no request"
                        + at + ", which counts as failed"));
        return lines;
    }

    private String kind() {
        return plan.strategy() == Strategy.A_B ? "matching requests" : "requests";
    }

    private String amount() {
        return Numbers.plain(perMinute) + " " + kind() + " a minute";
    }

    private static String labelled(String label, String text) {
        return label + " ".repeat(LABEL - label.length()) + text;
    }
}
