package dev.haldane.postrender.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.config.RolloutDefaults.EnvironmentRepository;
import dev.haldane.postrender.config.RolloutDefaults.MetricDefaults;
import dev.haldane.postrender.config.RoutingDefaults;
import dev.haldane.postrender.config.RoutingDefaults.GatewayDefaults;
import dev.haldane.postrender.config.RoutingDefaults.PreviewDefaults;
import dev.haldane.postrender.config.RoutingDefaults.ServerDefaults;
import dev.haldane.postrender.config.RoutingDefaults.TlsDefaults;
import dev.haldane.postrender.config.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

    private static final String HEADER = "apiVersion: haldane.dev/v1\nkind: RolloutDefaults\n";

    private static final String WHOLE = HEADER + """
                        rules: {drop-release: false}   # the notes are wanted
                        provider: istio
                        namespaces: [jx-production, jx-staging]
                        hosts: ["{app}.example.com", shop.example.com]
                        gateways:
                        - public-gateway.istio-system.svc.cluster.local
                        progressDeadlineSeconds: 120
                        analysis:
                          interval: 30s
                          threshold: 2
                          maxWeight: 60
                          stepWeight: 20
                          metrics:
                          - name: request-success-rate
                            thresholdRange: {min: 99.5}
                            interval: 2m
                          - name: request-duration
                            thresholdRange: {max: 250}
                        publicUrls:
                          docker-registry.jx.svc.cluster.local:5000: registry.example.com
                          jenkins-x-chartmuseum:8080: https://charts.example.com/jx
                        git:
                          repositories:
                          - namespace: jx-production
                            url: https://git.example.com/environment-production.git
                            branch: main
                            credentialsSecret: haldane-system/git
                          - {namespace: jx-staging, url: "git@git.example.com:jx/staging.git"}
                        """;

    @Test
    void every_field_of_a_whole_file_counts() {
        var read = Configuration.parse(WHOLE, "haldane.yaml");

        assertThat(read)
                .isEqualTo(new RolloutDefaults(
                        Map.of("drop-release", false),
                        "istio",
                        List.of("jx-production", "jx-staging"),
                        List.of("{app}.example.com", "shop.example.com"),
                        List.of("public-gateway.istio-system.svc.cluster.local"),
                        120,
                        new RolloutDefaults.AnalysisDefaults(
                                "30s",
                                2,
                                60,
                                20,
                                List.of(
                                        new MetricDefaults("request-success-rate", "99.5", "", "2m"),
                                        new MetricDefaults("request-duration", "", "250", "1m"))),
                        List.of(
                                new EnvironmentRepository(
                                        "jx-production",
                                        "https://git.example.com/environment-production.git",
                                        "main",
                                        "jenkins-x-v2",
                                        "haldane-system/git"),
                                new EnvironmentRepository(
                                        "jx-staging",
                                        "git@git.example.com:jx/staging.git",
                                        "master",
                                        "jenkins-x-v2",
                                        "")),
                        Map.of(
                                "docker-registry.jx.svc.cluster.local:5000", "registry.example.com",
                                "jenkins-x-chartmuseum:8080", "https://charts.example.com/jx"),
                        RoutingDefaults.builtIn()));
    }

    @Test
    void a_gateway_is_asked_for_in_istios_own_words() {
        var read = Configuration.parse(HEADER + """
                        virtualService: weighted
                        gateway:
                          name: public-gateway
                          selector: {app: gateway}
                          servers:
                          - {port: {number: 80, name: http, protocol: HTTP}, tls: {httpsRedirect: true}}
                          - port: {number: 443, name: https, protocol: HTTPS}
                            hosts: ["*.example.com"]
                            tls: {mode: SIMPLE, credentialName: example-cert}
                        preview: [{app: shop, namespace: jx-staging, percent: 5}]
                        """, "haldane.yaml");

        assertThat(read.routing())
                .isEqualTo(new RoutingDefaults(
                        true,
                        Optional.of(new GatewayDefaults(
                                "public-gateway",
                                Map.of("app", "gateway"),
                                List.of(
                                        new ServerDefaults(
                                                80,
                                                "http",
                                                "HTTP",
                                                List.of(),
                                                Optional.of(new TlsDefaults("", "", true))),
                                        new ServerDefaults(
                                                443,
                                                "https",
                                                "HTTPS",
                                                List.of("*.example.com"),
                                                Optional.of(new TlsDefaults("SIMPLE", "example-cert", false)))))),
                        List.of(new PreviewDefaults("shop", "jx-staging", 5))));
    }

    @Test
    void single_fields_of_a_gateway_can_be_set() {
        var set = Configuration.with(
                RolloutDefaults.builtIn(), List.of("gateway.name='{app}-gw'", "gateway.selector.istio=ingress"));

        assertThat(set.routing().gateway())
                .contains(new GatewayDefaults("{app}-gw", Map.of("istio", "ingress"), List.of(ServerDefaults.plain())));
    }

    @Test
    void a_field_that_is_absent_or_null_keeps_the_built_in_value() {
        assertThat(Configuration.parse(HEADER, "haldane.yaml")).isEqualTo(RolloutDefaults.builtIn());
        assertThat(Configuration.parse(HEADER + "hosts:\nanalysis:\n", "haldane.yaml"))
                .isEqualTo(RolloutDefaults.builtIn());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    analysis: {intervall: 30s}       | haldane.yaml:3: unknown field 'intervall' of analysis (Did you mean 'interval'?)
                    host: [a.example]                | haldane.yaml:3: unknown field 'host' (Did you mean 'hosts'?)
                    rules: {drop-realease: true}     | haldane.yaml:3: unknown field 'drop-realease' of rules (Did you mean 'drop-release'?)
                    rules: {drop-release: off}       | haldane.yaml:3: rules.drop-release must be true or false, not 'off'
                    provider: linkerd                | haldane.yaml:3: provider cannot be 'linkerd' (Known are istio.)
                    namespaces: jx-production        | haldane.yaml:3: namespaces must be a list, such as [a, b], not 'jx-production'
                    namespaces: [Production]         | haldane.yaml:3: namespaces cannot have 'Production' (the name of a namespace)
                    hosts: ["{name}.example.com"]    | haldane.yaml:3: hosts cannot have '{name}.example.com'
                    progressDeadlineSeconds: soon    | haldane.yaml:3: progressDeadlineSeconds must be a whole number from 1 to 86400, not 'soon'
                    progressDeadlineSeconds: 0       | must be a whole number from 1 to 86400, not '0'
                    progressDeadlineSeconds: 99999999999 | must be a whole number from 1 to 86400, not '99999999999'
                    analysis: {maxWeight: 101}       | haldane.yaml:3: analysis.maxWeight must be a whole number from 1 to 100, not '101'
                    analysis: {threshold: "5"}       | haldane.yaml:3: analysis.threshold must be a whole number from 1 to 1000, not '5'
                    analysis: {interval: 30}         | haldane.yaml:3: analysis.interval cannot be '30' (such as 30s, 1m or 1m30s)
                    analysis: {interval: 0s}         | haldane.yaml:3: analysis.interval cannot be '0s'
                    analysis: {stepWeight: 60}       | haldane.yaml:3: analysis.stepWeight 60 is more than analysis.maxWeight 50
                    analysis: {metrics: [{name: latency}]} | analysis.metrics.0.name cannot be 'latency'
                    analysis: {metrics: [{name: request-duration}]} | a metric without a limit
                    analysis: 7                      | haldane.yaml:3: analysis must be a map, not '7'
                    kind: Canary                     | haldane.yaml:3: 'kind' stands twice
                    preview: [{app: shop}]           | haldane.yaml:3: a preview without namespace
                    preview: [{app: shop, namespace: a, percent: 100}] | haldane.yaml:3: preview.0.percent must be a whole number from 1 to 99, not '100'
                    preview: [{app: shop, namespace: A_b, percent: 1}] | haldane.yaml:3: preview.0.namespace cannot be 'A_b' (the name of a namespace)
                    preview: [{app: shop, namespace: a, percent: 60}, {app: shop, namespace: b, percent: 40}] | haldane.yaml:3: the previews of shop get 100 % (at most 99 %)
                    preview: [{app: shop, namespace: a, percent: 1}, {app: shop, namespace: a, percent: 2}] | haldane.yaml:3: shop has two previews in a
                    preview: {shop: 5}               | haldane.yaml:3: preview must be a list
                    virtualService: both             | haldane.yaml:3: virtualService cannot be 'both' (Known are delegate, weighted.)
                    gateway: public                  | haldane.yaml:3: gateway must be a map, not 'public'
                    gateway: {hosts: [a.example]}    | haldane.yaml:3: unknown field 'hosts' of gateway
                    gateway: {name: Public}          | haldane.yaml:3: gateway.name cannot be 'Public'
                    gateway: {selector: {}}          | haldane.yaml:3: gateway.selector selects no pods
                    gateway: {servers: [{hosts: [a.example]}]} | haldane.yaml:3: a server without port.number
                    gateway: {servers: [{port: {number: 443, protocol: HTTPS}}]} | a server that speaks HTTPS needs tls
                    gateway: {servers: [{port: {number: 443, protocol: HTTPS}, tls: {mode: SIMPLE}}]} | tls.mode SIMPLE needs tls.credentialName
                    publicUrls: [a]                  | haldane.yaml:3: publicUrls must be a map
                    publicUrls: {"http://a.svc": b.example} | haldane.yaml:3: publicUrls cannot have 'http://a.svc' (the host that stands in the manifests, with its port:
                    publicUrls: {a.svc/jx: b.example} | haldane.yaml:3: publicUrls cannot have 'a.svc/jx'
                    publicUrls: {a.svc:0: b.example} | haldane.yaml:3: publicUrls cannot have 'a.svc:0'
                    publicUrls: {a.svc: "ftp://b.example"} | haldane.yaml:3: publicUrls.a.svc cannot be 'ftp://b.example' (such as registry.example.com or https://charts.example.com)
                    publicUrls: {a.svc: b.example/}  | haldane.yaml:3: publicUrls.a.svc cannot be 'b.example/'
                    publicUrls: {a.svc: [b]}         | haldane.yaml:3: publicUrls.a.svc must be one value
                    publicUrls: {a.svc: b.example, b.example: c.example} | haldane.yaml:3: publicUrls.a.svc leads to 'b.example', which is itself the key of another address
                    publicUrls: {a.svc: "https://a.svc/x"} | haldane.yaml:3: publicUrls.a.svc leads to 'a.svc', which is itself the key
                    git: {repositories: [{url: "https://a.example/b"}]} | haldane.yaml:3: a repository without namespace
                    git: {repositories: [{namespace: a, url: nonsense}]} | git.repositories.0.url cannot be 'nonsense'
                    """)
    void a_mistake_is_named_with_its_line_and_what_would_be_right(String line, String message) {
        assertThatThrownBy(() -> Configuration.parse(HEADER + line, "haldane.yaml"))
                .isInstanceOfSatisfying(UserError.class, e -> {
                    assertThat(e.problem()).contains(message);
                    assertThat(e.exitCode()).isEqualTo(2);
                });
    }

    @Test
    void several_mistakes_are_said_at_once_each_with_its_own_line() {
        var text = HEADER + """
                hosts:
                - good.example.com
                - "bad host"
                analysis:
                  # a comment
                  threshhold: 3
                  metrics:
                  - name: request-duration
                    thresholdRange:
                      maximum: 3
                """;
        assertThatThrownBy(() -> Configuration.parse(text, "haldane.yaml"))
                .isInstanceOf(UserError.class)
                .message()
                .contains("haldane.yaml:5: hosts cannot have 'bad host'")
                .contains("haldane.yaml:8: unknown field 'threshhold' of analysis (Did you mean 'threshold'?)")
                .contains("haldane.yaml:12: unknown field 'maximum'");
    }

    @Test
    void a_password_in_an_address_is_refused_and_not_repeated() {
        var text = HEADER + "git: {repositories: [{namespace: a, url: \"https://bot:hunter2@git.example/x\"}]}\n";
        assertThatThrownBy(() -> Configuration.parse(text, "haldane.yaml"))
                .message()
                .contains("password", "credentialsSecret")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "apiVersion: v1\nkind: ConfigMap\n", "- a\n", "rules: {}\n"})
    void another_file_is_not_taken_for_one(String text) {
        assertThatThrownBy(() -> Configuration.parse(text, "other.yaml"))
                .isInstanceOf(UserError.class)
                .message()
                .contains("other.yaml", "haldane.dev/v1");
    }

    @Test
    void text_that_is_no_yaml_is_a_mistake_in_the_configuration_with_its_line() {
        assertThatThrownBy(() -> Configuration.parse(HEADER + "hosts: [a\n", "haldane.yaml"))
                .isInstanceOfSatisfying(UserError.class, e -> {
                    assertThat(e.problem()).startsWith("haldane.yaml:");
                    assertThat(e.exitCode()).isEqualTo(2);
                });
    }

    @Test
    void settings_beat_the_file_and_the_last_one_wins(@TempDir Path directory) throws Exception {
        var file = Files.writeString(
                directory.resolve("haldane.yaml"),
                HEADER + "analysis: {interval: 30s, threshold: 3}\nhosts: [a.example]\n");

        var read = Configuration.load(
                Optional.of(file),
                List.of(
                        "analysis.interval=10s",
                        "hosts=[\"{app}.example.com\", b.example]",
                        "rules.drop-release=false",
                        "analysis.interval=20s",
                        "publicUrls.docker-registry.jx.svc:5000=registry.example.com",
                        "publicUrls={10.0.0.1:5000: eu.example.com/jx}",
                        "publicUrls.museum\\.jx=https://charts.example.com"));

        assertThat(read.analysis().interval()).isEqualTo("20s");
        assertThat(read.analysis().threshold()).isEqualTo(3);
        assertThat(read.hosts()).containsExactly("{app}.example.com", "b.example");
        assertThat(read.rules()).containsEntry("drop-release", false);
        assertThat(read.publicUrls())
                .isEqualTo(Map.of(
                        "docker-registry.jx.svc:5000", "registry.example.com",
                        "10.0.0.1:5000", "eu.example.com/jx",
                        "museum.jx", "https://charts.example.com"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    analysis.intervall=30s  | --set analysis.intervall=30s: unknown field 'intervall' of analysis (Did you mean 'interval'?)
                    analysis.maxWeight=high | --set analysis.maxWeight=high: analysis.maxWeight must be a whole number
                    analysis                | --set analysis has no '='
                    hosts=                  | --set hosts= has no value
                    hosts=[a                | --set hosts=[a:1:
                    virtualService=static | virtualService cannot be 'static' (Known are delegate, weighted.)
                    """)
    void a_wrong_setting_is_explained(String setting, String message) {
        assertThatThrownBy(() -> Configuration.load(Optional.empty(), List.of(setting)))
                .isInstanceOfSatisfying(UserError.class, e -> {
                    assertThat(e.problem()).contains(message);
                    assertThat(e.exitCode()).isEqualTo(2);
                });
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertThatThrownBy(() -> Configuration.load(Optional.of(Path.of("/nowhere/haldane.yaml")), List.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("/nowhere/haldane.yaml does not exist");
    }
}
