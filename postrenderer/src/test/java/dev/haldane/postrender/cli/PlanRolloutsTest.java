package dev.haldane.postrender.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanRolloutsTest {

    private static final String CANARY = """
            # a comment
            apiVersion: flagger.app/v1alpha3
            kind: Canary
            metadata: {name: cart}
            spec:
              targetRef: {kind: Deployment, name: cart}
              canaryAnalysis:
                interval: 30s
                stepWeight: 50
            """;

    @TempDir
    Path directory;

    @Test
    void a_deployment_that_would_get_a_canary_is_planned_in_minutes() {
        Call call = Call.in(directory).reading(PostRenderTest.SHOP).of("plan", "-");

        assertThat(call).isEqualTo(new Call(0, """
                Canary/shop of Deployment/shop, added by inject-canary
                  minute 1: 10 % … minute 5: 50 %, then promotion; a bad release is rolled back after at most 5 minutes; at 6 requests a minute this needs 2 h 50 min

                  minute 0  a new revision is found and its pods start; not ready within 1 minute: rolled back
                  minute 1  10 %
                  minute 2  20 %
                  minute 3  30 %
                  minute 4  40 %
                  minute 5  50 %
                  minute 6  promotion: the primary gets the revision
                  minute 7  all requests are at the primary again
                  minute 8  the canary's pods go

                  checks    request-success-rate at least 99 % over 1 minute, request-duration at most 500 ms over 1 minute
                  rollback  5 failed checks, one look each 1m: after at most 5 minutes, at 10 % if it is bad from the start
                  traffic   299 requests without a bad one show, at 95 %, that fewer than 1 % are bad
                            the canary gets as many from 200 requests a minute on; at 6 requests a minute from an interval of 34m on
                            below 1,000 a minute one bad request fails a check at 10 %
                            below 47 a minute one check in 100 finds no request at 10 %, which counts as failed
                """, ""));
    }

    @Test
    void settings_and_traffic_are_the_users() {
        Call call = Call.in(directory)
                .reading(PostRenderTest.SHOP)
                .of("plan", "-", "--set", "analysis.interval=15s", "--requests-per-minute", "3000");

        assertThat(call.out())
                .contains("minute 0:15: 10 % … minute 1:15: 50 %", "at 3000 requests a minute this needs 75 s");
        for (String wrong : new String[] {"0", "-1", "many", "NaN", "Infinity"}) {
            Call refused = Call.in(directory).of("plan", "-", "--requests-per-minute", wrong);
            assertThat(refused.exitCode()).as(wrong).isEqualTo(2);
            assertThat(refused.err()).contains("--requests-per-minute cannot be '" + wrong + "'");
        }
    }

    @Test
    void a_canary_alone_is_planned_as_it_stands_with_a_plan_each() throws IOException {
        Files.writeString(directory.resolve("a.yaml"), CANARY);
        Files.writeString(
                directory.resolve("b.yaml"),
                "apiVersion: v1\nkind: List\nitems:\n- " + indented(CANARY).strip() + "\n");

        assertThat(Call.in(directory).of("plan", "a.yaml").out())
                .startsWith("Canary/cart of Deployment/cart, as it stands in ");
        assertThat(Call.in(directory).of("plan", ".").out()).contains("/a.yaml\n", "/b.yaml\n");
    }

    @Test
    void what_gets_no_plan_is_said_with_its_reason() {
        Call call = Call.in(directory).reading(PostRenderTest.NO_SERVICE).of("plan", "-");

        assertThat(call.exitCode()).isZero();
        assertThat(call.out()).isEqualTo("no rollout: there is no Canary, and no Deployment that would get one\n");
        assertThat(call.err()).startsWith("skipped Deployment/shop").contains("no Service reaches it");
        assertThat(Call.in(directory)
                        .reading(PostRenderTest.NO_SERVICE)
                        .of("plan", "-", "--report", "none")
                        .err())
                .isEmpty();
        Call strict = Call.in(directory).reading(PostRenderTest.NO_SERVICE).of("plan", "--strict", "-");
        assertThat(strict.exitCode()).isEqualTo(4);
        assertThat(strict.out()).isEmpty();
    }

    @Test
    void strict_refuses_what_the_server_would() {
        var hooked = CANARY + "    iterations: 3\n";

        assertThat(Call.in(directory).reading(hooked).of("plan", "-").out())
                .contains("not yet   `haldane serve` refuses this Canary", "spec.analysis.iterations");
        Call strict = Call.in(directory).reading(hooked).of("plan", "-", "--strict");
        assertThat(strict.exitCode()).isEqualTo(4);
        assertThat(strict.err()).contains("spec.analysis.iterations");
        assertThat(strict.out()).isEmpty();
    }

    @Test
    void what_cannot_be_read_is_named_by_file_and_line() throws IOException {
        Files.writeString(directory.resolve("c.yaml"), "---\n" + CANARY.replace("stepWeight: 50", "stepWeight: x"));
        Call nonsense = Call.in(directory).of("plan", "c.yaml");
        assertThat(nonsense.exitCode()).isEqualTo(3);
        assertThat(nonsense.out()).isEmpty();
        assertThat(nonsense.err()).contains("c.yaml:10: spec.analysis.stepWeight is \"x\", must be a number");

        Files.writeString(directory.resolve("c.yaml"), CANARY + "  x: [\n");
        Call broken = Call.in(directory).of("plan", "c.yaml");
        assertThat(broken.exitCode()).isEqualTo(3);
        assertThat(broken.err()).contains("c.yaml:");

        assertThat(Call.in(directory).of("plan", "nowhere").exitCode()).isEqualTo(3);
        assertThat(Call.in(directory).of("plan").exitCode()).isEqualTo(2);
        assertThat(Call.in(directory).of("plan", "a", "b").err()).contains("takes one PATH");
    }

    @Test
    void json_is_the_answer_where_it_is_asked_for() {
        Call call = Call.in(directory).reading(PostRenderTest.SHOP).of("plan", "-", "--report", "json");

        assertThat(call.err()).isEmpty();
        assertThat(call.out())
                .startsWith("{\"note\":\"\",\"plans\":[{\"canary\":")
                .contains("\"rolledBackAfterSeconds\":300", "\"perMinuteNeeded\":200", "\"lastsSeconds\":480");
    }

    @Test
    void a_chart_is_rendered_without_helm_where_there_is_none_and_says_so() {
        Call call = Call.in(Path.of("..").toAbsolutePath().normalize())
                .with("XDG_STATE_HOME", directory.toString())
                .of("plan", "charts/croc-hunter", "--release", "prod");

        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out()).contains("Deployment/prod-croc-hunter, added by inject-canary");
        assertThat(call.err()).contains("rendered without Helm");
    }

    @Test
    void a_chart_is_rendered_by_the_helm_on_path() throws IOException {
        Files.createDirectories(directory.resolve("chart"));
        Files.writeString(directory.resolve("chart/Chart.yaml"), "name: x\nversion: 1.0.0\n");
        helm("echo \"$*\" >'" + directory.resolve("words") + "'; cat <<'END'\n" + CANARY + "END\n");
        Call call = Call.in(directory).with("PATH", directory.toString()).of("plan", "chart", "-n", "team");

        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out()).startsWith("Canary/cart of Deployment/cart");
        assertThat(call.err()).contains("rendered by " + directory.resolve("helm"));

        helm("echo 'Error: no such value' >&2; exit 1\n");
        Call failed = Call.in(directory).with("PATH", directory.toString()).of("plan", "chart");
        assertThat(failed.exitCode()).isEqualTo(3);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).contains("Helm does not render this chart: Error: no such value");
    }

    private void helm(String script) throws IOException {
        var helm = Files.writeString(directory.resolve("helm"), "#!/bin/sh\nPATH=/usr/bin:/bin\n" + script);
        Files.setPosixFilePermissions(helm, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String indented(String text) {
        return text.replace("# a comment\n", "").replaceAll("(?m)^", "  ");
    }
}
