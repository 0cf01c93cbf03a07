package dev.haldane.webhook.routing.istio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.postrender.candidate.Previews;
import dev.haldane.postrender.rule.Marks;
import dev.haldane.webhook.canary.Preview;
import dev.haldane.webhook.canary.Weight;
import dev.haldane.webhook.cluster.KubeObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What stands in a VirtualService's annotations because its weights cannot say it: they sum to 100 with previews among
/// them, so that primary and canary share less than 100 steps.
///
/// @param weight   of the canary, as the loop counts it; empty: none noted
/// @param previews the namespaces that we have put in
record RouteNotes(Optional<Weight> weight, Set<String> previews) {

    static final String WEIGHT = "haldane.dev/canary-weight";

    private static final Set<String> KEYS = Set.of(WEIGHT, Marks.PREVIEW);

    RouteNotes {
        previews = Set.copyOf(previews);
    }

    /// What nobody can read was written by somebody else, and says nothing.
    static RouteNotes of(KubeObject route) {
        return new RouteNotes(weight(route.annotation(WEIGHT)), namespaces(route.annotation(Marks.PREVIEW)));
    }

    private static Optional<Weight> weight(String text) {
        boolean number = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int percent = number ? Integer.parseInt(text) : Weight.ALL.percent() + 1;
        return percent <= Weight.ALL.percent() ? Optional.of(new Weight(percent)) : Optional.empty();
    }

    private static Set<String> namespaces(String text) {
        try {
            return Previews.parse(text).shares().stream()
                    .map(Previews.Share::namespace)
                    .collect(Collectors.toSet());
        } catch (Previews.Malformed _) {
            return Set.of();
        }
    }

    /// The annotations that say this.
    ///
    /// @param shared whether others than primary and canary get requests
    static Map<String, String> texts(Weight weight, List<Preview> previews, boolean shared) {
        var texts = new HashMap<String, String>();
        if (shared) {
            texts.put(WEIGHT, String.valueOf(weight.percent()));
        }
        if (!previews.isEmpty()) {
            texts.put(Marks.PREVIEW, previews.stream().map(Preview::toString).collect(Collectors.joining(",")));
        }
        return texts;
    }

    /// Puts what differs into a merge patch.
    static void patch(ObjectNode patch, KubeObject route, Map<String, String> texts) {
        for (var key : KEYS) {
            var now = route.annotation(key);
            var wanted = texts.getOrDefault(key, "");
            if (!wanted.isEmpty() && !wanted.equals(now)) {
                patch.withObject("/metadata/annotations").put(key, wanted);
            } else if (wanted.isEmpty() && !now.isEmpty()) {
                patch.withObject("/metadata/annotations").putNull(key);
            }
        }
    }
}
