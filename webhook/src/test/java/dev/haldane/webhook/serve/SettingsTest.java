package dev.haldane.webhook.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.haldane.postrender.config.UserError;
import dev.haldane.webhook.http.Listen;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static Settings parse(String... words) {
        return Settings.parse(List.of(words), Map.of());
    }

    private static UserError refused(List<String> words, Map<String, String> environment) {
        return catchThrowableOfType(UserError.class, () -> Settings.parse(words, environment));
    }

    @Test
    void in_a_cluster_no_option_is_needed() {
        var settings = parse();
        assertThat(settings.kubeconfig()).isEmpty();
        assertThat(settings.webhookUrl()).isEmpty();
        assertThat(settings.listen()).isEqualTo(new Listen("0.0.0.0", 8443));
        assertThat(settings.httpListen()).isEqualTo(new Listen("0.0.0.0", 8080));
        assertThat(settings.namespace()).isEqualTo("haldane-system");
        assertThat(settings.defaults().analysis().threshold()).isEqualTo(5);
    }

    @Test
    void every_option_is_an_environment_variable_and_the_option_wins() {
        var environment = Map.of(
                "HALDANE_HTTP_LISTEN", "127.0.0.1:9",
                "HALDANE_METRICS_SERVER", "http://prometheus:9090",
                "HALDANE_NAMESPACE", "ours",
                "HALDANE_WEBHOOK_URL", "https://10.0.0.1:8443",
                "HALDANE_OUTBOUND_HOSTS", "github.com,*.example.com",
                "HALDANE_SET", "analysis.threshold=7\nanalysis.interval=30s",
                "HALDANE_LISTEN", "");
        var settings = Settings.parse(List.of("--namespace", "theirs", "--listen=[::1]:1"), environment);
        assertThat(settings.httpListen()).isEqualTo(new Listen("127.0.0.1", 9));
        assertThat(settings.metricsServer()).isEqualTo(URI.create("http://prometheus:9090"));
        assertThat(settings.namespace()).isEqualTo("theirs");
        assertThat(settings.listen()).isEqualTo(new Listen("::1", 1));
        assertThat(settings.webhookUrl()).contains(URI.create("https://10.0.0.1:8443"));
        assertThat(settings.outbound().allows("git.example.com")).isTrue();
        assertThat(settings.defaults().analysis().threshold()).isEqualTo(7);
        assertThat(settings.defaults().analysis().interval()).isEqualTo("30s");
    }

    @Test
    void a_mistyped_option_gets_the_nearest_right_one() {
        var error = refused(List.of("--metric-server", "http://x"), Map.of());
        assertThat(error.problem()).isEqualTo("unknown option '--metric-server' of `haldane serve`");
        assertThat(error.remedy()).isEqualTo("Did you mean '--metrics-server'?");
        assertThat(error.exitCode()).isEqualTo(2);
    }

    @Test
    void an_option_without_a_value_and_a_word_that_is_none_are_refused() {
        assertThat(refused(List.of("--listen"), Map.of()).problem()).isEqualTo("--listen needs a value");
        assertThat(refused(List.of("now"), Map.of()).problem()).isEqualTo("`haldane serve` takes no 'now'");
    }

    @ParameterizedTest
    @CsvSource({
        "--metrics-server, prometheus:9090, 'is not a URL with a host'",
        "--metrics-server, 'http://a b', 'is not a URL with a host'",
        "--webhook-url, http://10.0.0.1:8443, 'is not a URL with a host'",
        "--webhook-url, https://10.0.0.1/mutate, 'has a path'",
        "--listen, 8443, 'is not HOST:PORT'",
        "--namespace, Haldane_System, 'is not a namespace'",
        "--kubeconfig, /no/such/file, 'cannot be read'",
        "--outbound-hosts, 'https://github.com', 'is not a host name'",
        "--config, /no/such/file, 'does not exist'"
    })
    void nonsense_is_named(String option, String value, String problem) {
        assertThat(refused(List.of(option, value), Map.of()).problem()).contains(problem);
    }

    @Test
    void nonsense_in_a_variable_is_named_by_the_variable() {
        assertThat(refused(List.of(), Map.of("HALDANE_HTTP_LISTEN", "here")).problem())
                .startsWith("HALDANE_HTTP_LISTEN: 'here'");
    }

    @Test
    void a_repository_outside_of_the_cluster_must_be_named(@TempDir Path folder) throws IOException {
        var file = folder.resolve("haldane.yaml");
        Files.writeString(file, """
                apiVersion: haldane.dev/v1
                kind: RolloutDefaults
                git:
                  repositories:
                    - {namespace: jx-production, url: "https://github.com/acme/environment.git"}
                """);
        var error = refused(List.of("--config", file.toString()), Map.of());
        assertThat(error.problem()).startsWith("git.repositories[0].url: github.com is not a name inside the cluster");
        assertThat(error.remedy()).isEqualTo("--outbound-hosts github.com");
        var settings = parse("--config", file.toString(), "--outbound-hosts", "git*.com");
        assertThat(settings.defaults().git()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "gitea-http, true",
        "gitea.git.svc, true",
        "gitea.git.svc.cluster.local, true",
        "github.com, true",
        "GitHub.com, true",
        "a.example.com, true",
        "example.com, false",
        "github.com.evil.org, false",
        "127.0.0.1, false",
        "localhost, false",
        "[::1], false",
        "169.254.169.254, false"
    })
    void only_named_hosts_and_those_of_the_cluster_are_called(String host, boolean allowed) {
        assertThat(OutboundHosts.parse("--outbound-hosts", "github.com, *.example.com")
                        .allows(host))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "git@github.com:acme/x.git, github.com",
        "ssh://git@github.com:22/acme/x.git, github.com",
        "https://user:secret@github.com/acme/x.git, github.com",
        "/srv/git/x.git, ''",
        "file:///srv/git/x.git, ''"
    })
    void hosts_are_found_in_all_forms_of_git_addresses(String address, String host) {
        var none = new OutboundHosts(List.of());
        var error = catchThrowableOfType(UserError.class, () -> none.require("url", address));
        if (host.isEmpty()) {
            assertThat(error).isNull();
        } else {
            assertThat(error.problem()).startsWith("url: " + host + " is not").doesNotContain("secret");
        }
    }
}
