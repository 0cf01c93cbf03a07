package dev.haldane.postrender.rule;

/// Why something was left alone. Report, metric and dashboard say the same sentence.
public enum Reason {
    OPTED_OUT("it says haldane.dev/inject: \"false\""),
    NOT_A_DEPLOYMENT("it is no Deployment, and only Deployments get a canary"),
    NO_NAME("it has no name of its own, by which a Canary could find it"),
    DUPLICATE("it stands twice in the manifests"),
    OWNED("another controller has made it and writes its fields"),
    HAS_CANARY("a Canary targets it already"),
    IS_PRIMARY("its name ends in -primary, so that it belongs to a rollout"),
    NAME_TOO_LONG("with -primary the name would be longer than 63 characters"),
    LABEL_TOO_LONG("with -primary the label value would be longer than 63 characters"),
    STOPPED("it is scaled to zero"),
    PAUSED("it is paused, so that no new version of it ever runs"),
    OTHER_ROLLOUT("an Argo Rollout takes its pods over"),
    OTHER_AUTOSCALER("its autoscaler is no HorizontalPodAutoscaler"),
    RECREATE("its strategy is Recreate: two versions of it must not run at once"),
    SINGLE_VOLUME("only one node can mount its volume, so that no second copy can run beside it"),
    ON_HOST("it uses its node's own network or ports, which have no room for a second copy"),
    NO_SIDECAR("its pods get no Istio sidecar, so that nothing measures them"),
    OLD_API("its API is gone from Kubernetes"),
    NO_POD_LABELS("its pods have no labels, so that no selector can be made for apps/v1"),
    NO_SELECTOR("its matchLabels have none of app, name, app.kubernetes.io/name"),
    SELECTOR_MISMATCH("its selector does not match its own pods"),
    NO_SERVICE("no Service reaches it"),
    SEVERAL_SERVICES("several Services reach it, and which one users call is anybody's guess"),
    SHARED_SERVICE("its Service reaches other workloads too"),
    SELECTOR_LABEL_MISSING("its Service does not select by the label that tells the primary from the canary"),
    HEADLESS("its Service has no address of its own"),
    NO_HTTP_PORT("no port of its Service speaks HTTP or gRPC"),
    SEVERAL_HTTP_PORTS("several ports of its Service speak HTTP or gRPC, and none is named http"),
    PORT_NOT_A_NUMBER("the port of its Service is not a number from 1 to 65535"),
    DOUBLED_KEY("a key that would have to change stands twice"),
    OWN_VIRTUALSERVICE("a VirtualService of the chart routes its host in a way that cannot be delegated"),
    GATEWAY_WITHOUT_HOSTS(
            "a Gateway is asked for, and there are no hosts for it: say hosts in haldane.yaml or haldane.dev/hosts"),
    PREVIEW_NOT_POSSIBLE("its requests cannot be shared with a preview"),
    BAD_SETTING("an annotation haldane.dev/… has a value that nobody understands"),
    LABEL_TAKEN("without the release's name its label would be another workload's"),
    LABEL_IN_TEXT("its text names a label value that has changed, which nobody but its author can mend"),
    SECONDS_QUERY(
            "its query asks for istio_request_duration_seconds_bucket, which Istio has in milliseconds since 1.5"),
    SHIPPER_DEPLOYMENTS("Shipper takes exactly one Deployment"),
    SHIPPER_SERVICES("Shipper takes exactly one Service labelled shipper-lb: production"),
    SHIPPER_NAME(
            "Shipper takes a Deployment only with the release's name in its own, and nobody has said that: --release"),
    SHIPPER_SERVICE_NAME(
            "each release of Shipper would have a Service of its own, because the name holds the release's"),
    SHIPPER_CHART("Shipper installs a chart as it was packaged: package the rendered one, as README.md shows"),
    NO_DEPLOYMENT("it has no Deployment"),
    LIBRARY_CHART("a library chart is never installed itself"),
    UMBRELLA_CHART("its workloads are in the charts that it brings along: inject those"),
    NOT_EDITABLE("it is written in a way that cannot be edited safely");

    private final String sentence;

    Reason(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
