package dev.haldane.webhook.serve;

import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.config.file.Configuration;
import dev.haldane.webhook.http.Listen;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What `haldane serve` was told, by option or by environment variable; an option wins.
///
/// @param kubeconfig    the cluster, from outside of it; empty: the Pod's own, or the user's default context
/// @param webhookUrl    how the API server reaches us, from outside of the cluster; empty: by our Service
/// @param listen        reviews over HTTPS
/// @param httpListen    health and metrics
/// @param metricsServer Prometheus
/// @param namespace     where our own Secret and Lease live
/// @param outbound      where we may call beside in-cluster names
/// @param defaults      `haldane.yaml` and `--set`
public record Settings(
        Optional<Path> kubeconfig,
        Optional<URI> webhookUrl,
        Listen listen,
        Listen httpListen,
        URI metricsServer,
        String namespace,
        OutboundHosts outbound,
        RolloutDefaults defaults) {

    private static final String NAMESPACE = "haldane-system";
    private static final String PROMETHEUS = "http://prometheus.istio-system:9090";

    private static final GivenOptions.Known OPTIONS = new GivenOptions.Known(
            "serve",
            List.of(
                    "--kubeconfig",
                    "--webhook-url",
                    "--listen",
                    "--http-listen",
                    "--metrics-server",
                    "--namespace",
                    "--outbound-hosts",
                    "--config",
                    "--set"),
            List.of());

    /// @param words       what follows `serve`
    /// @param environment of the process
    /// @throws UserError that names the option or variable, what it has and what would be right
    public static Settings parse(List<String> words, Map<String, String> environment) {
        var given = GivenOptions.parse(OPTIONS, words, environment);
        return new Settings(
                        given.value("--kubeconfig").map(Path::of).map(Settings::existing),
                        given.value("--webhook-url").map(Settings::webhookUrl),
                        listen(given, "--listen", "0.0.0.0:8443"),
                        listen(given, "--http-listen", "0.0.0.0:8080"),
                        url(
                                given.name("--metrics-server"),
                                given.value("--metrics-server").orElse(PROMETHEUS),
                                "http",
                                "https"),
                        namespace(given),
                        OutboundHosts.parse(
                                given.name("--outbound-hosts"),
                                given.value("--outbound-hosts").orElse("")),
                        Configuration.load(given.value("--config").map(Path::of), given.all("--set")))
                .checked();
    }

    private Settings checked() {
        for (int i = 0; i < defaults.git().size(); i++) {
            outbound.require(
                    "git.repositories[" + i + "].url", defaults.git().get(i).url());
        }
        return this;
    }

    static Path existing(Path file) {
        if (!Files.isReadable(file)) {
            throw UserError.usage("--kubeconfig: " + file + " cannot be read", "It names a kubeconfig file.");
        }
        return file;
    }

    private static Listen listen(GivenOptions given, String option, String usual) {
        return Listen.parse(given.name(option), given.value(option).orElse(usual));
    }

    private static URI webhookUrl(String text) {
        var url = url("--webhook-url", text, "https");
        if (url.getRawPath() != null && !Set.of("", "/").contains(url.getRawPath())) {
            throw UserError.usage("--webhook-url: '" + text + "' has a path", "https://HOST:PORT");
        }
        return url;
    }

    private static URI url(String option, String text, String... schemes) {
        return parsed(text)
                .filter(url -> url.getHost() != null && List.of(schemes).contains(url.getScheme()))
                .orElseThrow(() -> UserError.usage(
                        option + ": '" + text + "' is not a URL with a host",
                        "for example " + schemes[0] + "://HOST:PORT"));
    }

    private static Optional<URI> parsed(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    static String namespace(GivenOptions given) {
        var name = given.value("--namespace").orElse(NAMESPACE);
        if (!name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
            throw UserError.usage(
                    given.name("--namespace") + ": '" + name + "' is not a namespace",
                    "small letters, digits and hyphens, for example " + NAMESPACE);
        }
        return name;
    }
}
