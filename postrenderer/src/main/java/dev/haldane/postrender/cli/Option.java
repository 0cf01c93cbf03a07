package dev.haldane.postrender.cli;

import java.util.List;

/// Every option there is, of every command: the source of parsing, help and shell completion.
///
/// The value's form is `""` for a switch, words with `|` between them for a choice, and else what stands for it in
/// help.
enum Option {
    CONFIG("--config", "FILE", "rollout defaults (haldane.yaml); without it the file that $HALDANE_CONFIG names"),
    SET("--set", "KEY=VALUE", "one field of haldane.yaml, such as analysis.interval=30s; may be repeated"),
    REPORT("--report", "text|json|none", "form of the report on stderr; text by default"),
    REPORT_FILE("--report-file", "FILE", "also leave the report in FILE; else where `haldane report` finds it"),
    SCHEMA("--schema", "", "print the JSON schema of what --report json prints"),
    STRICT("--strict", "", "refuse, with exit code 4, if something was skipped or is broken"),
    COLOR("--color", "auto|always|never", "colours; by default on a terminal only"),
    RELEASE("--release", "NAME", "name of the Helm release, which Helm tells no post-renderer"),
    NAMESPACE("--namespace", "NAMESPACE", "namespace of the release; else what the manifests say"),
    DIFF("--diff", "", "write nothing, print what would change"),
    DRY_RUN("--dry-run", "", "write nothing, only report"),
    CHECK("--check", "", "render a chart with `helm`, or without it as far as we can, before it is written"),
    REQUESTS_PER_MINUTE("--requests-per-minute", "NUMBER", "say how long a run must be at so many; 6 by default"),

    KUBECONFIG("--kubeconfig", "FILE", "the cluster, from outside of it"),
    WEBHOOK_URL("--webhook-url", "https://HOST:PORT", "register the webhook by this URL instead of by Service"),
    LISTEN("--listen", "HOST:PORT", "admission over HTTPS; 0.0.0.0:8443 by default"),
    HTTP_LISTEN("--http-listen", "HOST:PORT", "health and metrics; 0.0.0.0:8080 by default"),
    METRICS_SERVER("--metrics-server", "URL", "Prometheus"),
    OWN_NAMESPACE("--namespace", "NAMESPACE", "where its own Secret and Lease live; haldane-system by default"),
    OUTBOUND_HOSTS("--outbound-hosts", "PATTERN,…", "where it may call beside in-cluster names"),

    FAIL_RATE("--fail-rate", "0..1", "share of requests that the bad version fails"),
    REAL_TIME("--real-time", "", "the article's minutes instead of seconds"),
    YES("--yes", "", "plain lines, no question"),
    CONTROL_PLANE("--control-plane", "embedded|real", "real needs $KUBEBUILDER_ASSETS or --kubeconfig"),

    OF_NAMESPACE("--namespace", "NAMESPACE", "namespace of the Canary"),
    HELP("--help", "", "this text");

    private final String spelling;
    private final String form;
    private final String sentence;

    Option(String spelling, String form, String sentence) {
        this.spelling = spelling;
        this.form = form;
        this.sentence = sentence;
    }

    String spelling() {
        return spelling;
    }

    /// `-n` as kubectl and Helm have it, `-h` as everybody; `""` for the others.
    String shortSpelling() {
        return switch (spelling) {
            case "--namespace" -> "-n";
            case "--help" -> "-h";
            default -> "";
        };
    }

    String form() {
        return form;
    }

    String sentence() {
        return sentence;
    }

    boolean isSwitch() {
        return form.isEmpty();
    }

    /// The words one of which the value must be; empty if any value will do.
    List<String> choices() {
        return form.contains("|") ? List.of(form.split("\\|")) : List.of();
    }
}
