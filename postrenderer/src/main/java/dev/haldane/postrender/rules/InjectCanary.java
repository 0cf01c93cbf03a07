package dev.haldane.postrender.rules;

import dev.haldane.postrender.candidate.CanaryObject;
import dev.haldane.postrender.candidate.Candidate;
import dev.haldane.postrender.candidate.OwnRoutes;
import dev.haldane.postrender.candidate.Qualification.Qualified;
import dev.haldane.postrender.candidate.Qualification.Unfit;
import dev.haldane.postrender.candidate.Qualifier;
import dev.haldane.postrender.candidate.Settings;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Marks;
import dev.haldane.postrender.rule.Reason;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rule.Scene;
import java.util.List;
import java.util.Set;

/// Gives each Deployment that qualifies a Canary of its name.
final class InjectCanary implements Rule {
    private final RolloutDefaults defaults;
    private final boolean delegating;

    /// @param delegating whether a VirtualService entry will hand requests over; else the Canary has hosts and gateways
    InjectCanary(RolloutDefaults defaults, boolean delegating) {
        this.defaults = defaults;
        this.delegating = delegating;
    }

    @Override
    public String id() {
        return "inject-canary";
    }

    @Override
    public String sentence() {
        return "adds a Canary for each Deployment that one Service with one HTTP or gRPC port reaches";
    }

    @Override
    public Stage stage() {
        return Stage.CANARY;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(
                "Deployment",
                "Service",
                "Canary",
                "HorizontalPodAutoscaler",
                "ScaledObject",
                "VerticalPodAutoscaler",
                "Ingress",
                "VirtualService",
                "StatefulSet",
                "DaemonSet",
                "ReplicaSet",
                "ReplicationController",
                "Rollout",
                "Pod",
                "PersistentVolumeClaim");
    }

    @Override
    public Answer apply(Manifest manifest, Scene scene) {
        if (!Qualifier.isDeployment(manifest)) {
            return isOtherServer(manifest) ? new Answer.Refused(Reason.NOT_A_DEPLOYMENT, "") : Answer.same();
        }
        var qualifier = new Qualifier(scene.bundle());
        if (qualifier.canaryOf(manifest).filter(Marks::isInjected).isPresent()) {
            return Answer.same();
        }
        return switch (qualifier.judge(manifest)) {
            case Unfit(var reason, var detail) -> new Answer.Refused(reason, detail);
            case Qualified(var candidate) -> inject(candidate, scene);
        };
    }

    /// Workloads that may answer requests; what ends by itself, such as a Job, is nobody's question.
    private static boolean isOtherServer(Manifest manifest) {
        return manifest.is("apps", "StatefulSet")
                || manifest.is("apps", "DaemonSet")
                || manifest.is("argoproj.io", "Rollout")
                || manifest.is("serving.knative.dev", "Service");
    }

    private Answer inject(Candidate candidate, Scene scene) {
        Settings settings;
        try {
            settings = Settings.of(candidate.deployment(), candidate.apex().name(), defaults);
        } catch (Settings.Nonsense e) {
            return new Answer.Refused(Reason.BAD_SETTING, String.valueOf(e.getMessage()));
        }
        if (settings.hosts().isEmpty() && needsHosts()) {
            return new Answer.Refused(Reason.GATEWAY_WITHOUT_HOSTS, "");
        }
        var routes = new OwnRoutes(scene.bundle(), candidate.apex());
        for (Manifest route : routes.concerning(settings.hosts())) {
            var problem = delegating ? routes.problem(route, scene.door()) : routes.problemWithoutDelegation(route);
            if (problem.isPresent()) {
                return new Answer.Refused(Reason.OWN_VIRTUALSERVICE, problem.get());
            }
        }
        var canary = CanaryObject.of(candidate, settings, delegating);
        var port = candidate.port();
        var why = "Service/" + candidate.apex().name() + " port " + port.number() + " (" + port.name() + ")"
                + candidate.autoscaler().map(scaler -> ", " + scaler.label()).orElse("");
        return new Answer.Becomes(List.of(candidate.deployment(), canary), why);
    }

    private boolean needsHosts() {
        return defaults.routing().gateway().stream()
                .flatMap(gateway -> gateway.servers().stream())
                .anyMatch(server -> server.hosts().isEmpty());
    }
}
