package dev.haldane.webhook.doctor;

import java.util.List;

/// One part of the examination.
interface Check {

    /// What it is about, for the case that it cannot be looked at.
    String subject();

    /// @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server refuses to answer
    List<Finding> look();
}
