package dev.haldane.postrender.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// What the rule [Shipper] says of others: Shipper moves traffic itself and reads no Canary, and wants what a few rules
/// that are off by default do.
final class ShipperMode {
    private static final Map<String, Boolean> IMPLIED = new TreeMap<>(Map.of(
            "inject-canary", false,
            "inject-virtualservice", false,
            "preview-traffic", false,
            "own-fields", false,
            "cover-primary", false,
            "drop-release", true,
            "modernise", true,
            "fix-app-label", true));

    private ShipperMode() {}

    /// The rules that are switched on or off, with those that the mode switches.
    static Map<String, Boolean> applied(Map<String, Boolean> rules) {
        var applied = new LinkedHashMap<>(rules);
        if (rules.getOrDefault(Shipper.ID, false)) {
            applied.putAll(IMPLIED);
        }
        return applied;
    }

    /// Rules that were switched against the mode, and what is wrong with that.
    static SequencedMap<String, String> contradictions(Map<String, Boolean> rules) {
        var found = new LinkedHashMap<String, String>();
        if (rules.getOrDefault(Shipper.ID, false)) {
            IMPLIED.forEach((id, on) -> {
                if (rules.containsKey(id) && !on.equals(rules.get(id))) {
                    found.put(id, "rules.shipper needs " + id + (on ? " on" : " off"));
                }
            });
        }
        return found;
    }
}
