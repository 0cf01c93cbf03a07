package dev.haldane.postrender.config.file;

import dev.haldane.postrender.address.PublicAddresses;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.config.RolloutDefaults.AnalysisDefaults;
import dev.haldane.postrender.config.RolloutDefaults.EnvironmentRepository;
import dev.haldane.postrender.config.RolloutDefaults.MetricDefaults;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rules.RuleSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The fields of kind `RolloutDefaults`, read over others that count where a field is absent.
final class DefaultsReader {
    private static final String API_VERSION = "haldane.dev/v1";
    private static final String KIND = "RolloutDefaults";

    private static final List<String> FIELDS = List.of(
            "apiVersion",
            "kind",
            "rules",
            "provider",
            "namespaces",
            "hosts",
            "gateways",
            "progressDeadlineSeconds",
            "analysis",
            "preview",
            "publicUrls",
            "virtualService",
            "gateway",
            "git");

    private static final Pattern DURATION = Pattern.compile("(?=.*[1-9])([0-9]+m)?([0-9]+s)?");
    static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    static final Pattern HOST = Pattern.compile("(\\*\\.)?([a-z0-9]|\\{app\\})([-a-z0-9.]|\\{app\\})*(?<![-.])");
    private static final Pattern GATEWAY = Pattern.compile("([-a-z0-9]+/)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
    private static final Pattern SECRET = Pattern.compile("[-a-z0-9]+/[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
    private static final Pattern BRANCH = Pattern.compile("(?!-)[^\\s~^:?*\\[\\\\]+");
    private static final Pattern URL = Pattern.compile("(https?|ssh|file)://\\S+|[^\\s@/]+@[^\\s:]+:\\S+");
    private static final Pattern URL_WITH_PASSWORD = Pattern.compile("[a-z]+://[^/@]*:[^/@]*@.*");

    private static final Pattern ADDRESS = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[1-9][0-9]{0,4})?");
    private static final Pattern PUBLIC_ADDRESS =
            Pattern.compile("(https?://)?" + ADDRESS.pattern() + "(/[a-z0-9]([-a-z0-9._]*[a-z0-9])?)*");

    private static final int DAY_SECONDS = 86_400;
    private static final int MANY = 1_000;

    private final Problems problems;

    DefaultsReader(Problems problems) {
        this.problems = problems;
    }

    /// A file must say what it is.
    void header(Mapping mapping) {
        var fields = Fields.root(mapping, problems);
        for (var expected : List.of(List.of("apiVersion", API_VERSION), List.of("kind", KIND))) {
            var name = expected.getFirst();
            if (!fields.has(name)) {
                fields.problem(name, "no " + name, name + ": " + expected.getLast());
            }
        }
    }

    RolloutDefaults over(RolloutDefaults base, Mapping mapping) {
        var fields = Fields.root(mapping, problems).only(FIELDS);
        fields.choice("apiVersion", List.of(API_VERSION));
        fields.choice("kind", List.of(KIND));
        return new RolloutDefaults(
                rules(base.rules(), fields.below("rules")),
                fields.choice("provider", List.of("istio")).orElse(base.provider()),
                fields.texts("namespaces", NAME, "the name of a namespace").orElse(base.namespaces()),
                fields.texts("hosts", HOST, "such as shop.example.com or {app}.example.com")
                        .orElse(base.hosts()),
                fields.texts("gateways", GATEWAY, "such as public-gateway.istio-system.svc.cluster.local or mesh")
                        .orElse(base.gateways()),
                fields.number("progressDeadlineSeconds", 1, DAY_SECONDS).orElse(base.progressDeadlineSeconds()),
                analysis(base.analysis(), fields.below("analysis")),
                fields.below("git")
                        .only(List.of("repositories"))
                        .maps("repositories", DefaultsReader::repository)
                        .orElse(base.git()),
                publicUrls(base.publicUrls(), fields.below("publicUrls")),
                RoutingReader.over(base.routing(), fields));
    }

    private static Map<String, Boolean> rules(Map<String, Boolean> base, Fields fields) {
        fields.only(
                RuleSet.all(RolloutDefaults.builtIn()).stream().map(Rule::id).toList());
        var rules = new LinkedHashMap<>(base);
        for (String id : fields.names()) {
            fields.truth(id).ifPresent(on -> rules.put(id, on));
        }
        RuleSet.contradictions(rules).forEach((id, problem) -> {
            // Where they stand apart, a later setting may still say otherwise.
            if (fields.names().containsAll(List.of(id, "shipper"))) {
                fields.problem(id, problem, "leave out " + id + ", or shipper");
            }
        });
        return rules;
    }

    private static Map<String, String> publicUrls(Map<String, String> base, Fields fields) {
        var urls = new LinkedHashMap<>(base);
        for (String host : fields.names()) {
            if (ADDRESS.matcher(host).matches()) {
                fields.matching(host, PUBLIC_ADDRESS, "such as registry.example.com or https://charts.example.com")
                        .ifPresent(url -> urls.put(host, url));
            } else {
                fields.problem(
                        host,
                        "publicUrls cannot have '" + host + "'",
                        "the host that stands in the manifests, with its port: docker-registry.jx.svc:5000");
            }
        }
        for (String host : fields.names()) {
            var there = PublicAddresses.hostOf(urls.getOrDefault(host, ""));
            if (urls.containsKey(there)) {
                fields.problem(
                        host,
                        "publicUrls." + host + " leads to '" + there + "', which is itself the key of another address",
                        "keys are hosts inside the cluster, values are their public addresses");
            }
        }
        return urls;
    }

    private static AnalysisDefaults analysis(AnalysisDefaults base, Fields fields) {
        fields.only(List.of("interval", "threshold", "maxWeight", "stepWeight", "metrics"));
        var read = new AnalysisDefaults(
                fields.matching("interval", DURATION, "such as 30s, 1m or 1m30s")
                        .orElse(base.interval()),
                fields.number("threshold", 1, MANY).orElse(base.threshold()),
                fields.number("maxWeight", 1, 100).orElse(base.maxWeight()),
                fields.number("stepWeight", 1, 100).orElse(base.stepWeight()),
                fields.maps("metrics", DefaultsReader::metric).orElse(base.metrics()));
        if (read.stepWeight() > read.maxWeight()) {
            fields.problem(
                    fields.has("stepWeight") ? "stepWeight" : "maxWeight",
                    "analysis.stepWeight " + read.stepWeight() + " is more than analysis.maxWeight " + read.maxWeight(),
                    "a run goes from stepWeight to maxWeight by stepWeight");
        }
        return read;
    }

    private static Optional<MetricDefaults> metric(Fields fields) {
        fields.only(List.of("name", "thresholdRange", "interval"));
        var range = fields.below("thresholdRange").only(List.of("min", "max"));
        var name = fields.choice("name", List.of("request-success-rate", "request-duration"));
        var min = range.decimal("min").orElse("");
        var max = range.decimal("max").orElse("");
        if (!fields.has("name")) {
            fields.problem("name", "a metric without a name", "request-success-rate or request-duration");
        } else if (min.isEmpty() && max.isEmpty()) {
            fields.problem("name", "a metric without a limit", "thresholdRange: {min: 99} or {max: 500}");
        }
        var interval = fields.matching("interval", DURATION, "such as 1m").orElse("1m");
        return name.map(known -> new MetricDefaults(known, min, max, interval));
    }

    private static Optional<EnvironmentRepository> repository(Fields fields) {
        fields.only(List.of("namespace", "url", "branch", "layout", "credentialsSecret"));
        for (String name : List.of("namespace", "url")) {
            if (!fields.has(name)) {
                fields.problem(
                        name, "a repository without " + name, "namespace and url say what is promoted from where");
            }
        }
        var namespace = fields.matching("namespace", NAME, "the name of a namespace");
        var url = url(fields);
        var branch = fields.matching("branch", BRANCH, "the name of a branch").orElse("master");
        var layout = fields.choice("layout", List.of("jenkins-x-v2")).orElse("jenkins-x-v2");
        var secret =
                fields.matching("credentialsSecret", SECRET, "namespace/name").orElse("");
        return namespace.flatMap(n -> url.map(u -> new EnvironmentRepository(n, u, branch, layout, secret)));
    }

    /// Not a word of an address with a password in it: messages end up in logs.
    private static Optional<String> url(Fields fields) {
        var text = fields.text("url");
        if (text.filter(url -> URL_WITH_PASSWORD.matcher(url).matches()).isPresent()) {
            fields.problem("url", "the address has a password in it", "put it into a Secret: credentialsSecret");
            return Optional.empty();
        }
        return fields.matching("url", URL, "such as https://git.example.com/environment-production.git");
    }
}
