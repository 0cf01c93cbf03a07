package dev.haldane.postrender.config;

import java.util.List;
import java.util.Map;

/// `haldane.yaml`, kind `RolloutDefaults`: what a rollout is like where neither a namespace nor an object says
/// otherwise.
///
/// @param rules      rule ids switched on or off; a rule that is not named keeps its own default
/// @param provider   `istio`
/// @param namespaces where admission and GitOps act; empty: nowhere. A post-renderer takes what it is given
/// @param hosts      hosts of the VirtualService, with `{app}` for the apex Service's name; empty: in-mesh only
/// @param gateways   gateways of the VirtualService; empty: `mesh`
/// @param progressDeadlineSeconds how long a workload may take to become ready
/// @param analysis   how a revision is judged
/// @param git        environment repositories for the write-back
/// @param publicUrls a host (and port) inside the cluster → where other clusters find it, with or without a scheme
/// @param routing    which Istio objects stand for a rollout, and who else gets a share of the requests
public record RolloutDefaults(
        Map<String, Boolean> rules,
        String provider,
        List<String> namespaces,
        List<String> hosts,
        List<String> gateways,
        int progressDeadlineSeconds,
        AnalysisDefaults analysis,
        List<EnvironmentRepository> git,
        Map<String, String> publicUrls,
        RoutingDefaults routing) {

    public RolloutDefaults {
        rules = Map.copyOf(rules);
        namespaces = List.copyOf(namespaces);
        hosts = List.copyOf(hosts);
        gateways = List.copyOf(gateways);
        git = List.copyOf(git);
        publicUrls = Map.copyOf(publicUrls);
    }

    /// The article's: interval 60s, threshold 5, weight 10 to 50, success at least 99 %, p99 at most 500 ms.
    public static RolloutDefaults builtIn() {
        return new RolloutDefaults(
                Map.of(),
                "istio",
                List.of(),
                List.of(),
                List.of(),
                60,
                AnalysisDefaults.builtIn(),
                List.of(),
                Map.of(),
                RoutingDefaults.builtIn());
    }

    /// The same with other rules switched on or off.
    public RolloutDefaults withRules(Map<String, Boolean> others) {
        return new RolloutDefaults(
                others,
                provider,
                namespaces,
                hosts,
                gateways,
                progressDeadlineSeconds,
                analysis,
                git,
                publicUrls,
                routing);
    }

    /// @param interval   a Go duration of minutes or seconds, such as `60s`
    /// @param threshold  failed checks that end a run
    /// @param maxWeight  percent
    /// @param stepWeight percent
    public record AnalysisDefaults(
            String interval, int threshold, int maxWeight, int stepWeight, List<MetricDefaults> metrics) {
        public AnalysisDefaults {
            metrics = List.copyOf(metrics);
        }

        static AnalysisDefaults builtIn() {
            return new AnalysisDefaults(
                    "60s",
                    5,
                    50,
                    10,
                    List.of(
                            new MetricDefaults("request-success-rate", "99", "", "1m"),
                            new MetricDefaults("request-duration", "", "500", "1m")));
        }
    }

    /// @param min least value that passes, as written; `""`: none
    /// @param max greatest value that passes, as written; `""`: none
    public record MetricDefaults(String name, String min, String max, String interval) {}

    /// An environment repository (`git.repositories[]`).
    ///
    /// @param namespace         Canaries of this namespace are promoted from it
    /// @param url               where to clone and push
    /// @param branch            `master` by default
    /// @param layout            `jenkins-x-v2`
    /// @param credentialsSecret `namespace/name` of a Secret with `username` and `password`; `""`: none
    public record EnvironmentRepository(
            String namespace, String url, String branch, String layout, String credentialsSecret) {}
}
