package dev.haldane.webhook.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IstioQueriesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void the_success_rate_is_asked_for_as_flagger_asks() {
        assertThat(new IstioQueries("jx-production", "croc-hunter").successRate(MINUTE))
                .isEqualTo("sum(rate(istio_requests_total{reporter=\"destination\","
                        + "destination_workload_namespace=\"jx-production\",destination_workload=~\"croc-hunter\","
                        + "response_code!~\"5.*\"}[1m])) / sum(rate(istio_requests_total{reporter=\"destination\","
                        + "destination_workload_namespace=\"jx-production\",destination_workload=~\"croc-hunter\"}"
                        + "[1m])) * 100");
    }

    @Test
    void the_duration_is_asked_for_as_flagger_asks() {
        assertThat(new IstioQueries("test", "podinfo").p99(MINUTE))
                .isEqualTo("histogram_quantile(0.99, sum(rate(istio_request_duration_milliseconds_bucket{"
                        + "reporter=\"destination\",destination_workload_namespace=\"test\","
                        + "destination_workload=~\"podinfo\"}[1m])) by (le))");
    }

    @Test
    void names_cannot_break_out_of_their_string_or_pattern() {
        var query = new IstioQueries("a\"} or vector(0) #", "x.y|.*").requestCount(MINUTE);

        assertThat(query)
                .contains("destination_workload_namespace=\"a\\\"} or vector(0) #\"")
                .contains("destination_workload=~\"x\\\\.y\\\\|\\\\.\\\\*\"");
    }

    @Property
    boolean a_literal_pattern_matches_its_text_and_nothing_longer(@ForAll String text) {
        var pattern = Pattern.compile(IstioQueries.literal(text), Pattern.DOTALL);
        return pattern.matcher(text).matches()
                && !pattern.matcher(text + "-primary").matches();
    }

    @Test
    void windows_are_written_in_the_largest_unit_that_fits() {
        assertThat(IstioQueries.range(Duration.ofMinutes(2))).isEqualTo("[2m]");
        assertThat(IstioQueries.range(Duration.ofSeconds(90))).isEqualTo("[90s]");
        assertThat(IstioQueries.range(Duration.ofMillis(1500))).isEqualTo("[1500ms]");
        assertThat(IstioQueries.range(Duration.ZERO)).isEqualTo("[1ms]");
    }
}
