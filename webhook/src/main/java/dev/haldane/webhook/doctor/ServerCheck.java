package dev.haldane.webhook.doctor;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/// Whether there is an API server, and whether it is young enough.
record ServerCheck(KubernetesClient client) implements Check {

    /// The first with `matchConditions` for webhooks.
    private static final int OLDEST_MINOR = 28;

    @Override
    public String subject() {
        return "API server";
    }

    @Override
    public List<Finding> look() {
        var version = client.getKubernetesVersion();
        var minor = Integer.parseInt(version.getMinor().replaceAll("[^0-9]", ""));
        var found = version.getGitVersion() + " at " + client.getMasterUrl();
        return List.of(
                minor >= OLDEST_MINOR
                        ? Finding.ok(subject(), found)
                        : Finding.wrong(
                                subject(),
                                found + " is too old",
                                "upgrade Kubernetes to 1." + OLDEST_MINOR + " or newer"));
    }
}
