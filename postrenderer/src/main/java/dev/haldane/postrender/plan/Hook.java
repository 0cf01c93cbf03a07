package dev.haldane.postrender.plan;

import java.util.ArrayList;
import java.util.List;

/// An address that a rollout calls (`spec.analysis.webhooks[]`).
///
/// @param type as in the Canary; `rollout` where it says nothing
public record Hook(String type, String name) {

    static List<Hook> read(Field analysis) {
        var hooks = new ArrayList<Hook>();
        for (Field hook : analysis.at("webhooks").items()) {
            hooks.add(new Hook(
                    hook.map().at("type").text("rollout"), hook.at("name").text("without a name")));
        }
        return List.copyOf(hooks);
    }
}
