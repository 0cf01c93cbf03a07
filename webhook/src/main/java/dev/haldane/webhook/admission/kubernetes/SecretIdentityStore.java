package dev.haldane.webhook.admission.kubernetes;

import dev.haldane.certs.IdentityStore;
import dev.haldane.webhook.canary.ClusterUnavailable;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The authority and the serving certificate in the Secret `haldane-webhook-certs`, shared by all replicas. Who writes
/// against an old version loses and reads again.
public final class SecretIdentityStore implements IdentityStore {

    public static final String NAME = "haldane-webhook-certs";

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final String namespace;

    /// @param namespace the server's own
    public SecretIdentityStore(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Override
    public Stored load() {
        var secret = asked("read", () -> secret().get());
        if (secret == null) {
            return Stored.NOTHING;
        }
        var entries = new HashMap<String, String>();
        var data = secret.getData();
        if (data != null) {
            data.forEach((name, value) -> entries.put(name, decoded(value)));
        }
        return new Stored(secret.getMetadata().getResourceVersion(), entries);
    }

    @Override
    public boolean save(String version, Map<String, String> entries) {
        var builder = new SecretBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .addToLabels("app.kubernetes.io/managed-by", "haldane")
                .endMetadata()
                .withType("Opaque")
                .withStringData(entries);
        try {
            return asked("write", () -> {
                if (version.isEmpty()) {
                    client.resource(builder.build()).create();
                } else {
                    client.resource(builder.editMetadata()
                                    .withResourceVersion(version)
                                    .endMetadata()
                                    .build())
                            .update();
                }
                return true;
            });
        } catch (ClusterUnavailable e) {
            if (e.getCause() instanceof KubernetesClientException cause
                    && (cause.getCode() == CONFLICT || (cause.getCode() == NOT_FOUND && !version.isEmpty()))) {
                return false;
            }
            throw e;
        }
    }

    /// Tells of each change, whoever made it.
    Resource<Secret> secret() {
        return client.secrets().inNamespace(namespace).withName(NAME);
    }

    private <T> T asked(String verb, Supplier<T> request) {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            throw new ClusterUnavailable(
                    "cannot " + verb + " Secret " + NAME + " in " + namespace + ": " + e.getMessage(), e);
        }
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
