package dev.haldane.webhook.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rules.RuleSet;
import java.util.ArrayList;
import java.util.List;

/// A shop: Deployment and Service as a chart has them.
final class Examples {

    private Examples() {}

    static List<Manifest> shop() {
        var deployment = Trees.manifest(Reviews.tree("create-deployment").at("/request/object"))
                .orElseThrow();
        var service = Trees.manifest(
                        Reviews.tree("update-service-selector-back").at("/request/object"))
                .orElseThrow();
        return List.of(deployment, service);
    }

    /// The shop with the Canary that the rules derive for it.
    static List<Manifest> injectedShop() {
        var all = new ArrayList<>(shop());
        RuleSet.of(RolloutDefaults.builtIn())
                .derive(Bundle.of(all, "jx-production"), new Release("", "jx-production"))
                .stream()
                .filter(object -> object.kind().equals("Canary"))
                .forEach(all::add);
        return all;
    }

    /// The review of a VirtualService that a chart brings for the shop.
    static ObjectNode createOwnRoute() {
        var review = Reviews.tree("update-virtualservice-weights-back");
        var request = (ObjectNode) review.path("request");
        request.put("operation", "CREATE").put("name", "public").putNull("oldObject");
        ((ObjectNode) request.at("/object/metadata")).put("name", "public");
        var spec = (ObjectNode) request.at("/object/spec");
        spec.putArray("http")
                .addObject()
                .putArray("route")
                .addObject()
                .putObject("destination")
                .put("host", "shop");
        return review;
    }
}
