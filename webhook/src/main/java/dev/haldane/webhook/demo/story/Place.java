package dev.haldane.webhook.demo.story;

/// Names of the story: an application of Jenkins X as it is called in its environment.
final class Place {

    static final String APPLICATION = "croc-hunter";
    static final String NAMESPACE = "jx-production";
    static final String RELEASE = "jx-production";
    static final String OWN_NAMESPACE = "haldane-system";
    static final String HOST = "croc-hunter.example.com";
    static final String GATEWAY = "public-gateway.istio-system.svc.cluster.local";

    /// The Deployment, and so the Canary.
    static final String TARGET = "jx-production-croc-hunter";

    static final String PRIMARY = TARGET + "-primary";

    /// The Service that callers know, and so the VirtualService that the loop owns.
    static final String APEX = "croc-hunter";

    static final String CANARY_SERVICE = APEX + "-canary";

    private Place() {}
}
