package dev.haldane.webhook.rollout;

import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.Health.Missing;
import dev.haldane.webhook.canary.Health.Stopped;
import dev.haldane.webhook.canary.Phase;
import dev.haldane.webhook.canary.Phase.Failed;
import dev.haldane.webhook.canary.Phase.Finalising;
import dev.haldane.webhook.canary.Phase.Initialized;
import dev.haldane.webhook.canary.Phase.Initializing;
import dev.haldane.webhook.canary.Phase.KeptOnCanary;
import dev.haldane.webhook.canary.Phase.Progressing;
import dev.haldane.webhook.canary.Phase.Promoting;
import dev.haldane.webhook.canary.Phase.Resting;
import dev.haldane.webhook.canary.Phase.Succeeded;
import dev.haldane.webhook.canary.Revision;
import dev.haldane.webhook.canary.Weight;
import dev.haldane.webhook.rollout.Effect.Route;
import dev.haldane.webhook.rollout.Effect.Settle;
import dev.haldane.webhook.rollout.Effect.StopCanary;
import java.util.List;

/// What a phase says of routes and replicas. A tick that stays in its phase brings them about again, because other
/// tools write these fields too: a weight is never reset by drift, and a resting target does not come back to life.
public final class Upkeep {

    private Upkeep() {}

    public static List<Effect> of(CanarySpec spec, Phase phase, Observation seen) {
        if (spec.suspended() || seen.canary() instanceof Missing) {
            return List.of();
        }
        return switch (phase) {
            case Initializing _ -> List.of();
            case KeptOnCanary p -> route(seen, p.revision(), Weight.ALL);
            case Initialized p -> rest(seen, p);
            case Succeeded p -> rest(seen, p);
            case Failed p -> rest(seen, p);
            case Progressing p -> route(seen, p.revision(), p.weight(spec.analysis()));
            case Promoting p -> route(seen, p.revision(), p.weight(spec.analysis()));
            case Finalising _ -> List.of(new Route(Weight.NONE));
        };
    }

    /// Nobody is sent to pods that are not there.
    private static List<Effect> route(Observation seen, Revision revision, Weight weight) {
        return weight.equals(Weight.NONE) || seen.serves(revision) ? List.of(new Route(weight)) : List.of();
    }

    private static List<Effect> rest(Observation seen, Resting p) {
        if (!seen.primary().ready() || !seen.runs(p.revision())) {
            return List.of();
        }
        return seen.canary() instanceof Stopped
                ? List.of(new Route(Weight.NONE))
                : List.of(new Route(Weight.NONE), new Settle(), new StopCanary());
    }
}
