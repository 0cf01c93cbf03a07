package dev.haldane.webhook.admission;

import dev.haldane.postrender.manifest.JsonPatch;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rules.RuleSet;
import dev.haldane.webhook.admission.Admission.Allowed;
import dev.haldane.webhook.admission.Admission.Patched;

/// `/mutate`: the rules on one object, then `hold-live`. The rules act in selected namespaces only; what the loop
/// owns is held wherever a Canary is.
public final class Mutation implements Reviewer {

    private final RuleSet rules;
    private final Neighbourhood neighbourhood;
    private final HoldLive holdLive;
    private final String ourName;

    /// @param ourName our own user name, `""` if not known
    public Mutation(RuleSet rules, Neighbourhood neighbourhood, LiveCanaries live, String ourName) {
        this.rules = rules;
        this.neighbourhood = neighbourhood;
        this.holdLive = new HoldLive(live);
        this.ourName = ourName;
    }

    @Override
    public Admission review(Review review) {
        var wanted = review.newManifest();
        if (!review.isWrite()
                || wanted.isEmpty()
                || isGoing(wanted.get())
                || review.requester().isHaldane(ourName)) {
            return Allowed.SILENTLY;
        }
        var ruled = byRules(wanted.get(), review.namespace());
        var held = review.oldManifest()
                .map(before -> holdLive.hold(before, ruled, review.namespace()))
                .orElseGet(() -> HoldLive.Held.nothing(ruled));
        var patch = JsonPatch.between(wanted.get(), held.object());
        return patch.isEmpty() ? new Allowed(held.sentences()) : new Patched(patch, held.sentences());
    }

    private Manifest byRules(Manifest wanted, String namespace) {
        return neighbourhood.selects(namespace)
                ? rules.admit(wanted, neighbourhood.around(namespace), new Release("", namespace))
                : wanted;
    }

    /// Only finalizers are still at work: nothing may stand in their way.
    static boolean isGoing(Manifest object) {
        return object.text("metadata", "deletionTimestamp").isPresent();
    }
}
