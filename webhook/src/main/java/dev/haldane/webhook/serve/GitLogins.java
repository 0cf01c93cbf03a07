package dev.haldane.webhook.serve;

import dev.haldane.postrender.config.RolloutDefaults.EnvironmentRepository;
import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.gitops.Login;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// The user for an environment repository, from the Secret that the configuration names: `username` and `password`, as
/// in `kubernetes.io/basic-auth`. Read anew each time, so that it may be changed.
final class GitLogins {

    private final KubernetesClient client;

    GitLogins(KubernetesClient client) {
        this.client = client;
    }

    Optional<Login> login(EnvironmentRepository repository) {
        var reference = repository.credentialsSecret();
        var slash = reference.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        var data = data(reference, reference.substring(0, slash), reference.substring(slash + 1));
        return Optional.of(new Login(text(reference, data, "username"), text(reference, data, "password")));
    }

    private Map<String, String> data(String reference, String namespace, String name) {
        try {
            var secret = client.secrets().inNamespace(namespace).withName(name).get();
            if (secret == null || secret.getData() == null) {
                throw new ClusterUnavailable("there is no Secret " + reference + " with data");
            }
            return secret.getData();
        } catch (KubernetesClientException e) {
            throw new ClusterUnavailable("cannot get Secret " + reference + ": " + e.getMessage(), e);
        }
    }

    private static String text(String reference, Map<String, String> data, String key) {
        var encoded = data.get(key);
        if (encoded == null) {
            throw new ClusterUnavailable("Secret " + reference + " has no " + key);
        }
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).strip();
    }
}
