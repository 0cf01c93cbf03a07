package dev.haldane.postrender.plan;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Outcome.Subject;
import dev.haldane.postrender.upgrade.UpgradedCanary;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the rollout of one Canary will do.
///
/// @param target    the workload, such as `Deployment/shop`
/// @param apex      the Service that users call
/// @param deadline  how long the canary's pods may take to become ready
/// @param moments   look by look, when all checks hold
/// @param hooks     addresses that are called on the way; a run stands still until those that confirm have agreed
/// @param traffic   the requests that it needs, where anybody can tell
/// @param notYet    fields for which `haldane serve` refuses the Canary
/// @param suspended whether nothing happens at all
public record Plan(
        Subject subject,
        String target,
        String apex,
        Analysis analysis,
        Duration deadline,
        List<Moment> moments,
        List<Hook> hooks,
        Optional<Traffic> traffic,
        List<String> notYet,
        boolean suspended) {

    private static final int DEADLINE_SECONDS = 600;

    public Plan {
        moments = List.copyOf(moments);
        hooks = List.copyOf(hooks);
        notYet = List.copyOf(notYet);
    }

    /// @param manifest a Canary of any version of its API
    /// @throws Nonsense if a field has a value that means nothing
    public static Plan of(Manifest manifest) {
        var spec = Field.root(UpgradedCanary.of(manifest)).at("spec").map();
        var targetRef = spec.at("targetRef").map();
        var target = targetRef.at("name").text("");
        if (target.isEmpty()) {
            throw targetRef.at("name").wrong("the name of the Deployment");
        }
        var analysis = Analysis.read(spec);
        boolean routed = !spec.at("provider").text("istio").equals("kubernetes");
        var moments = Schedule.of(analysis, routed);
        return new Plan(
                Subject.of(manifest),
                targetRef.at("kind").text("Deployment") + "/" + target,
                spec.at("service").map().at("name").text(target),
                analysis,
                Duration.ofSeconds(spec.at("progressDeadlineSeconds").integer(DEADLINE_SECONDS, 1, Integer.MAX_VALUE)),
                moments,
                Hook.read(spec.at("analysis")),
                Traffic.of(analysis, moments),
                NotYet.in(spec),
                spec.at("suspend").flag());
    }

    public Strategy strategy() {
        return analysis.strategy();
    }

    public Duration interval() {
        return analysis.interval();
    }

    /// Failed checks that end a run.
    public int threshold() {
        return analysis.threshold();
    }

    /// From the first request that a bad canary gets until it gets no more, if it fails each check: one look an
    /// interval, and the failed check number `threshold` ends it. Zero where nothing is judged.
    public Duration rollbackBound() {
        return strategy() == Strategy.UNJUDGED ? Duration.ZERO : interval().multipliedBy(threshold());
    }

    /// From the look that finds a new revision, when its pods are ready at once and no gate is shut.
    public Duration at(Moment moment) {
        return interval().multipliedBy(moment.look());
    }

    List<Hook> hooks(String type) {
        return hooks.stream().filter(hook -> hook.type().equals(type)).toList();
    }
}
