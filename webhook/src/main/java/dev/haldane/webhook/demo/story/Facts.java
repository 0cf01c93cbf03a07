package dev.haldane.webhook.demo.story;

import java.util.OptionalInt;
import java.util.Set;

/// What can be seen of the rollout at one moment.
///
/// @param phase    of the Canary; `""` while there is none
/// @param verdict  of its last run; `""` before the first
/// @param weight   of the canary at the gateway, in percent; empty while the loop has no routes there
/// @param target   the Deployment of the chart
/// @param primary  the one that serves users
/// @param git      the version that the environment repository wants; `""` if none
record Facts(String phase, String verdict, OptionalInt weight, Workload target, Workload primary, String git) {

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    /// @param version tag of the image; `""` if there is no such Deployment
    /// @param wanted  pods that it should have
    /// @param ready   pods that are ready
    record Workload(String version, int wanted, int ready) {
        static final Workload NONE = new Workload("", 0, 0);

        boolean serves(String wantedVersion) {
            return version.equals(wantedVersion) && wanted > 0 && ready >= wanted;
        }
    }

    boolean ended() {
        return ENDED.contains(phase);
    }

    boolean is(String wantedPhase) {
        return phase.equals(wantedPhase);
    }

    /// Whether the primary alone serves, with this version.
    boolean restsOn(String version) {
        return weight.orElse(-1) == 0 && target.wanted() == 0 && primary.serves(version);
    }
}
