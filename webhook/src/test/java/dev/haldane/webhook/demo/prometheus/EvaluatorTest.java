package dev.haldane.webhook.demo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.haldane.webhook.demo.prometheus.Value.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ten points, a second apart: 10 requests a second succeed, 2 fail.
class EvaluatorTest {

    private static final long NOW = 1_800_000_010_000L;

    private final Samples samples = new Samples();

    @BeforeEach
    void count() {
        for (int i = 1; i <= 10; i++) {
            samples.scrape(
                    NOW - 10_000 + i * 1000L,
                    Map.of(
                            requests("a", "200"), 10.0 * i,
                            requests("a", "500"), 2.0 * i,
                            requests("a-primary", "200"), 7.0 * i));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 + 2 * 3|7",
                "(1 + 2) * 3|9",
                "-2 - -3|1",
                "vector(1)|1",
                "scalar(vector(4)) / 2|2",
                "r{w=\"a\",code=\"200\"}|100",
                "r{w=\"a\",code!=\"200\"}|20",
                "sum(r{w=~\"a\"})|120",
                "sum(r{w=~\"a.*\"})|190",
                "sum(r{w!~\"a\"})|70",
                "count(r)|3",
                "max(r)|100",
                "min(r)|20",
                "avg(r{w=\"a\"})|60",
                "sum(rate(r{w=\"a\"}[5s]))|12",
                "sum(increase(r{w=\"a\"}[5s]))|60",
                "sum(irate(r{w=\"a\"}[1m]))|12",
                "sum(rate(r{w=\"a\",code!~\"5.*\"}[5s])) / sum(rate(r{w=\"a\"}[5s])) * 100|83.3333",
            })
    void a_query_comes_to_a_number(String query, double expected) {
        Value value = evaluate(query);

        double actual = switch (value) {
            case Value.Scalar scalar -> scalar.value();
            case Value.Vector vector -> vector.samples().getFirst().value();
            case Value.Matrix _ -> Double.NaN;
        };
        assertThat(actual).isCloseTo(expected, within(0.001));
    }

    @Test
    void groups_keep_the_labels_that_they_are_made_by() {
        assertThat(vector("sum by (w) (r)"))
                .containsExactlyInAnyOrder(
                        new Sample(new Labels(Map.of("w", "a")), 120),
                        new Sample(new Labels(Map.of("w", "a-primary")), 70));
        assertThat(vector("sum(r) without (code)")).isEqualTo(vector("sum(r) by (w)"));
    }

    @Test
    void nothing_selected_is_no_number_and_not_zero() {
        assertThat(vector("sum(rate(r{w=\"nobody\"}[5s]))")).isEmpty();
        assertThat(vector("sum(r{w=\"nobody\"}) / sum(r)")).isEmpty();
    }

    @Test
    void what_a_series_counted_before_it_was_first_read_is_not_lost() {
        samples.scrape(NOW + 1000, Map.of(requests("late", "200"), 50.0));
        samples.scrape(NOW + 2000, Map.of(requests("late", "200"), 50.0));

        Value grown = new Evaluator(samples, NOW + 2000).evaluate(Parser.parse("increase(r{w=\"late\"}[10s])"));

        assertThat(((Value.Vector) grown).samples().getFirst().value()).isGreaterThanOrEqualTo(50);
    }

    @Test
    void a_counter_that_starts_again_goes_on_from_what_it_had() {
        samples.scrape(NOW + 1000, Map.of(requests("a-primary", "200"), 7.0));

        Value grown = new Evaluator(samples, NOW + 1000).evaluate(Parser.parse("increase(r{w=\"a-primary\"}[3s])"));

        assertThat(((Value.Vector) grown).samples().getFirst().value()).isCloseTo(21, within(0.01));
    }

    @Test
    void a_quantile_lies_between_the_bounds_of_its_bucket() {
        samples.scrape(
                NOW, Map.of(bucket("100"), 90.0, bucket("200"), 99.0, bucket("500"), 100.0, bucket("+Inf"), 100.0));

        assertThat(vector("histogram_quantile(0.5, b)").getFirst().value()).isCloseTo(55.55, within(0.01));
        assertThat(vector("histogram_quantile(0.95, sum(b) by (le))").getFirst().value())
                .isCloseTo(155.55, within(0.01));
        assertThat(vector("histogram_quantile(1, b)").getFirst().value()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum(|unexpected the end",
                "r{w=}|expected a string",
                "r{w~\"a\"}|label matching operator",
                "r[x]|expected a duration",
                "rate(r)|expected type range vector",
                "sum(1)|expected type instant vector",
                "topk(1, r)|unknown function with name \"topk\"",
                "1 1|expected the end of the query",
                "r{w=~\"(\"}|error parsing regexp",
                "r{w=\"a|unterminated quoted string",
            })
    void what_is_not_understood_is_refused_with_its_place(String query, String why) {
        assertThatThrownBy(() -> evaluate(query)).isInstanceOf(BadQuery.class).hasMessageContaining(why);
    }

    private Value evaluate(String query) {
        return new Evaluator(samples, NOW).evaluate(Parser.parse(query));
    }

    private List<Sample> vector(String query) {
        return ((Value.Vector) evaluate(query)).samples();
    }

    private static Labels requests(String workload, String code) {
        return Labels.of("r", Map.of("w", workload, "code", code));
    }

    private static Labels bucket(String bound) {
        return Labels.of("b", Map.of("le", bound));
    }
}
