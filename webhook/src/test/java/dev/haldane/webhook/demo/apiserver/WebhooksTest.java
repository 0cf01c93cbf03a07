package dev.haldane.webhook.demo.apiserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.haldane.certs.CertificateAuthority;
import dev.haldane.certs.Identity;
import dev.haldane.certs.Pem;
import dev.haldane.certs.ServingRequest;
import dev.haldane.certs.Validity;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Webhooks are asked over HTTPS, with a certificate of an authority that only `caBundle` knows.
class WebhooksTest {

    private final CertificateAuthority authority = authority("a test");
    private final List<JsonNode> reviews = new CopyOnWriteArrayList<>();
    private String answer = "";
    private ApiServer server;
    private HttpsServer webhook;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        server = ApiServer.start(0);
        webhook = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.setHttpsConfigurator(new HttpsConfigurator(tls()));
        webhook.createContext("/", exchange -> {
            JsonNode review = Tree.parse(exchange.getRequestBody().readAllBytes());
            reviews.add(review);
            byte[] body = answer.replace("UID", Tree.text(review, "request", "uid"))
                    .replace('\'', '"')
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        webhook.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(server.uri().toString())
                        .withOauthToken("somebody")
                        // A refusal is the answer that is looked for, and not tried again.
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        webhook.stop(0);
        server.close();
    }

    @Test
    void a_mutating_webhook_is_asked_and_its_patch_is_stored() {
        register("Ignore", url());
        answer = patching("[{'op':'add','path':'/data/added','value':'yes'}]");

        client.resource(configMap()).create();

        assertThat(client.resource(configMap()).get().getData()).containsEntry("added", "yes");
        JsonNode request = reviews.getFirst().path("request");
        assertThat(Tree.text(request, "operation")).isEqualTo("CREATE");
        assertThat(Tree.text(request, "userInfo", "username")).isEqualTo("somebody");
        assertThat(Tree.text(request, "object", "metadata", "name")).isEqualTo("one");
        assertThat(request.path("oldObject").isNull()).isTrue();
    }

    @Test
    void an_update_shows_what_was_and_what_is_to_be() {
        client.resource(configMap()).create();
        register("Ignore", url());
        answer = "{'response':{'uid':'UID','allowed':true}}";

        client.resource(configMap())
                .edit(map -> new ConfigMapBuilder(map).addToData("a", "2").build());

        JsonNode request = reviews.getFirst().path("request");
        assertThat(Tree.text(request, "oldObject", "data", "a")).isEqualTo("1");
        assertThat(Tree.text(request, "object", "data", "a")).isEqualTo("2");
    }

    @Test
    void a_validating_webhook_refuses_with_its_own_words() {
        client.resource(Configurations.validating(url(), bundle())).create();
        answer = "{'response':{'uid':'UID','allowed':false,'status':{'message':'spec.a: must be 2'}}}";

        assertThatThrownBy(() -> client.resource(configMap()).create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("admission webhook \"check.example.org\" denied the request: spec.a: must be 2");
        assertThat(client.resource(configMap()).get()).isNull();
    }

    @Test
    void one_that_does_not_answer_is_passed_over_if_it_may_be() {
        register("Ignore", "https://127.0.0.1:1/");

        client.resource(configMap()).create();

        assertThat(client.resource(configMap()).get()).isNotNull();
        assertThat(server.reviews()).isEqualTo(new ApiServer.Reviews(1, 1));
    }

    @Test
    void one_that_does_not_answer_and_must_holds_everything_up() {
        register("Fail", "https://127.0.0.1:1/");

        assertThatThrownBy(() -> client.resource(configMap()).create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("failed calling webhook \"change.example.org\"");
    }

    @Test
    void an_authority_that_the_configuration_does_not_name_is_not_trusted() {
        CertificateAuthority other = authority("another");
        String bundle = Base64.getEncoder()
                .encodeToString(Pem.ofCertificates(List.of(other.certificate())).getBytes(UTF_8));
        client.resource(Configurations.mutating("Fail", url(), bundle)).create();

        assertThatThrownBy(() -> client.resource(configMap()).create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("PKIX");
        assertThat(reviews).isEmpty();
    }

    @Test
    void a_namespace_that_is_not_selected_is_not_reviewed() {
        register("Fail", url());
        ConfigMap elsewhere = new ConfigMapBuilder(configMap())
                .editMetadata()
                .withNamespace("kube-system")
                .endMetadata()
                .build();
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("kube-system")
                        .endMetadata()
                        .build())
                .create();

        client.resource(elsewhere).create();

        assertThat(reviews).isEmpty();
    }

    private void register(String failurePolicy, String url) {
        client.resource(Configurations.mutating(failurePolicy, url, bundle())).create();
    }

    private String url() {
        return "https://127.0.0.1:" + webhook.getAddress().getPort() + "/review";
    }

    private static CertificateAuthority authority(String name) {
        return CertificateAuthority.create(name, Validity.from(Instant.now(), Duration.ofHours(1)));
    }

    private static String patching(String operations) {
        String patch =
                Base64.getEncoder().encodeToString(operations.replace('\'', '"').getBytes(UTF_8));
        return "{'response':{'uid':'UID','allowed':true,'patchType':'JSONPatch','patch':'" + patch + "'}}";
    }

    private static ConfigMap configMap() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("one")
                .withNamespace("default")
                .endMetadata()
                .withData(Map.of("a", "1"))
                .build();
    }

    private String bundle() {
        return Base64.getEncoder()
                .encodeToString(
                        Pem.ofCertificates(List.of(authority.certificate())).getBytes(UTF_8));
    }

    private SSLContext tls() throws IOException, GeneralSecurityException {
        Identity identity = authority.sign(
                new ServingRequest(List.of("127.0.0.1"), Validity.from(Instant.now(), Duration.ofHours(1))));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity.keyStore("secret"), "secret".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
