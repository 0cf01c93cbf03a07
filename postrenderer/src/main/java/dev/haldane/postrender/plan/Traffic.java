package dev.haldane.postrender.plan;

import dev.haldane.postrender.plan.Moment.Action;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How many requests a rollout must see for its checks to mean something.
///
/// A check allows a share b of bad requests (1 % where 99 % must succeed, and 1 % slow ones of a p99). If none of n
/// requests is bad, one may say with 95 % confidence that fewer than b are, from n = ln 0.05 / ln(1 − b) on: 299 for
/// 1 %. That is the rule of three (Hanley, Lippman-Hand: [If nothing goes wrong, is everything all
/// right?](https://doi.org/10.1001/jama.1983.03330370053031), JAMA 249, 1983) before its rounding to 3/b. Fewer
/// requests than that, and a run of good checks may be luck.
///
/// Two bounds of a single look come with it, at the smallest weight and of the check's own window. Fewer than 1/b
/// requests: one bad one fails the check. And requests come as a Poisson process finds them, so that a window in which
/// λ are expected is empty with probability exp(−λ); below λ = 4.6 that is more than one look in a hundred, and a
/// check without data counts as failed.
///
/// @param check       the one that needs most requests
/// @param needed      requests that the canary must answer
/// @param exposure    intervals' worth of all requests that the canary gets: 1.5 for 10, 20, 30, 40 and 50 %
/// @param looks       judged looks
/// @param interval    the time between two looks
/// @param firstWeight percent that the canary gets at the first of them
public record Traffic(Check check, long needed, double exposure, int looks, Duration interval, double firstWeight) {

    static final double CONFIDENCE = 0.95;
    private static final double EMPTY_LOOKS = 0.01;
    private static final double PERCENT = 100;
    private static final double MINUTE_SECONDS = 60;
    private static final double EPSILON = 1e-9;

    /// Empty where no check says how many bad requests are too many, or allows none at all: no number of requests
    /// shows that there is never a bad one.
    static Optional<Traffic> of(Analysis analysis, List<Moment> moments) {
        var judged = moments.stream().filter(Moment::isJudged).toList();
        var exposures = judged.stream()
                .mapToDouble(moment -> share(moment, analysis) / PERCENT)
                .toArray();
        double sum = 0;
        double first = 0;
        for (double exposure : exposures) {
            sum += exposure;
            first = first == 0 ? exposure : first;
        }
        double total = sum;
        double firstWeight = first * PERCENT;
        return analysis.checks().stream()
                .filter(check -> check.budget().orElse(0) > EPSILON && total > 0)
                .max(Comparator.comparingLong(Traffic::requests))
                .map(check ->
                        new Traffic(check, requests(check), total, judged.size(), analysis.interval(), firstWeight));
    }

    private static double share(Moment moment, Analysis analysis) {
        return moment.action() == Action.MIRRORED ? analysis.mirrored() : moment.weight();
    }

    private static long requests(Check check) {
        double budget = Math.min(1 - EPSILON, check.budget().orElse(1));
        return Math.max(1, ceil(Math.log(1 - CONFIDENCE) / Math.log(1 - budget)));
    }

    /// The share of bad requests that the check allows, in percent.
    double badPercent() {
        return Math.round(check.budget().orElse(0) * PERCENT / EPSILON) * EPSILON;
    }

    /// Requests a minute from which on the canary gets what is needed within the intervals that are set.
    public long perMinute() {
        return ceil(needed / (exposure * minutes(interval)));
    }

    /// The interval that gives the canary what it needs at so many requests a minute; not less than the one that is
    /// set, and in whole minutes from two minutes on.
    public Duration intervalAt(double requestsPerMinute) {
        long seconds = ceil(needed * MINUTE_SECONDS / (exposure * requestsPerMinute));
        long minute = (long) MINUTE_SECONDS;
        var enough = Duration.ofSeconds(seconds < 2 * minute ? seconds : (seconds + minute - 1) / minute * minute);
        return enough.compareTo(interval) < 0 ? interval : enough;
    }

    /// How long the judged part of a run takes with that interval.
    public Duration durationAt(double requestsPerMinute) {
        return intervalAt(requestsPerMinute).multipliedBy(looks);
    }

    /// Requests a minute below which, at the first weight, one bad request fails a check.
    public long perMinuteToBearOne() {
        return perMinute(1 / check.budget().orElse(1));
    }

    /// Requests a minute below which, at the first weight, more than one look in a hundred finds no request.
    public long perMinuteToSeeAny() {
        return perMinute(-Math.log(EMPTY_LOOKS));
    }

    private long perMinute(double requestsInWindow) {
        return ceil(requestsInWindow / (firstWeight / PERCENT * minutes(check.window())));
    }

    private static double minutes(Duration duration) {
        return duration.toMillis() / 1000.0 / MINUTE_SECONDS;
    }

    private static long ceil(double number) {
        return (long) Math.ceil(number - EPSILON * Math.abs(number));
    }
}
