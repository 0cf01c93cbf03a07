package dev.haldane.webhook.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.webhook.analysis.Verdict.Requests;
import dev.haldane.webhook.analysis.Verdict.Subject;
import dev.haldane.webhook.canary.Analysis;
import dev.haldane.webhook.canary.MetricCheck;
import dev.haldane.webhook.canary.Weight;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

    private static final Subject BAD = new Subject("croc-hunter", "1.8.2");

    private static MetricCheck success(double min) {
        return new MetricCheck(
                MetricCheck.SUCCESS_RATE, OptionalDouble.of(min), OptionalDouble.empty(), Duration.ofMinutes(1));
    }

    private static final MetricCheck P99 = new MetricCheck(
            MetricCheck.DURATION, OptionalDouble.empty(), OptionalDouble.of(500), Duration.ofMinutes(1));

    private static Analysis analysis(MetricCheck... checks) {
        return new Analysis(Duration.ofMinutes(1), 5, List.of(new Weight(10)), List.of(checks));
    }

    private static Optional<Requests> requests(Tally canary, Tally primary) {
        return Optional.of(new Requests(canary, primary));
    }

    @Test
    void a_rollback_for_failed_requests_counts_them() {
        var cause = Optional.of(new Reading(success(99), OptionalDouble.of(95.9)));
        var requests = requests(new Tally(912, 37), new Tally(10_000, 40));
        assertThat(Verdict.rolledBack(BAD, analysis(success(99)), cause, requests, "")
                        .sentence())
                .isEqualTo("croc-hunter 1.8.2 rolled back:"
                        + " 37 of 912 requests failed (4.1 %), primary 0.4 %, limit 1 %");
    }

    @Test
    void a_promotion_counts_them_too() {
        var requests = requests(new Tally(1204, 3), new Tally(9000, 27));
        assertThat(Verdict.promoted(new Subject("croc-hunter", "1.1.0"), analysis(success(99)), requests)
                        .sentence())
                .isEqualTo("croc-hunter 1.1.0 promoted: 3 of 1204 requests failed (0.2 %), primary 0.3 %, limit 1 %");
    }

    @Test
    void a_rollback_for_latency_names_the_latency() {
        var cause = Optional.of(new Reading(P99, OptionalDouble.of(812.4)));
        var requests = requests(new Tally(912, 37), new Tally(10_000, 40));
        assertThat(Verdict.rolledBack(BAD, analysis(success(99), P99), cause, requests, "")
                        .sentence())
                .isEqualTo("croc-hunter 1.8.2 rolled back: p99 812 ms, limit 500 ms");
    }

    @Test
    void a_rollback_for_want_of_data_says_so() {
        var cause = Optional.of(new Reading(success(99), OptionalDouble.empty()));
        assertThat(Verdict.rolledBack(BAD, analysis(success(99)), cause, requests(Tally.NONE, Tally.NONE), "")
                        .sentence())
                .isEqualTo("croc-hunter 1.8.2 rolled back: no values found for request-success-rate");
    }

    @Test
    void where_the_whole_run_is_within_the_limit_the_window_that_is_not_is_named() {
        var cause = Optional.of(new Reading(success(99), OptionalDouble.of(97.5)));
        var requests = requests(new Tally(10_000, 37), new Tally(10_000, 40));
        assertThat(Verdict.rolledBack(BAD, analysis(success(99)), cause, requests, "")
                        .sentence())
                .isEqualTo("croc-hunter 1.8.2 rolled back: 2.5 % of the requests failed in 1m0s, limit 1 %");
    }

    @Test
    void a_promotion_without_requests_or_without_a_provider_does_not_make_numbers_up() {
        var good = new Subject("croc-hunter", "");
        assertThat(Verdict.promoted(good, analysis(P99), requests(Tally.NONE, Tally.NONE))
                        .sentence())
                .isEqualTo("croc-hunter promoted: no request was counted");
        assertThat(Verdict.promoted(good, analysis(), Optional.empty()).sentence())
                .isEqualTo("croc-hunter promoted: requests could not be counted");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 %", "0.0001, <0.1 %", "0.0405, 4.1 %", "0.04, 4 %", "1, 100 %"})
    void shares_are_rounded_to_one_decimal_but_never_to_nothing(double share, String words) {
        assertThat(Numbers.percent(share)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"99, 1 %", "99.5, 0.5 %", "99.95, 0.05 %", "100, 0 %"})
    void limits_keep_their_digits(double min, String words) {
        assertThat(Numbers.remainder(min)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 1ms",
        "500, 500ms",
        "1515, 1.515s",
        "2000, 2s",
        "62500, 1m2.5s",
        "60000, 1m0s",
        "3600000, 1h0m0s"
    })
    void durations_look_as_go_prints_them(long millis, String words) {
        assertThat(Numbers.goDuration(millis)).isEqualTo(words);
    }
}
