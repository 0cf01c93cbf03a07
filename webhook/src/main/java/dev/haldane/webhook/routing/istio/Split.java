package dev.haldane.webhook.routing.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.canary.Apex;
import dev.haldane.webhook.canary.Weight;
import java.util.List;
import java.util.Optional;

/// The rules of one VirtualService (`spec.http`) that share requests between primary and canary. All of them have the
/// same weights. Every other rule, and every other field, stays as it is.
record Split(Apex apex, String namespace) {

    /// The weight in force; empty if no rule leads to both.
    Optional<Weight> weight(JsonNode http) {
        for (var rule : http) {
            if (shares(rule)) {
                return Optional.of(weightOf(rule));
            }
        }
        return Optional.empty();
    }

    private Weight weightOf(JsonNode rule) {
        int canary = share(destination(rule, apex.canary()));
        int all = canary + share(destination(rule, apex.primary()));
        return all <= 0 ? Weight.NONE : new Weight(Math.round(100f * canary / all));
    }

    private static int share(JsonNode destination) {
        return Math.max(0, destination.path("weight").asInt());
    }

    /// The same rules with this weight, always both written: two destinations without weights would freeze the whole
    /// gateway ([HTTPRouteDestination](https://istio.io/latest/docs/reference/config/networking/virtual-service/)).
    ArrayNode weighted(JsonNode http, Weight canary) {
        var rules = (ArrayNode) http.deepCopy();
        for (var rule : rules) {
            if (shares(rule)) {
                put(destination(rule, apex.primary()), Weight.ALL.percent() - canary.percent());
                put(destination(rule, apex.canary()), canary.percent());
            }
        }
        return rules;
    }

    private static void put(JsonNode destination, int weight) {
        ((ObjectNode) destination).put("weight", weight);
    }

    /// The same rules, those that lead to the apex Service alone shared between primary and canary from now on.
    ArrayNode takenOver(JsonNode http) {
        var rules = JsonNodeFactory.instance.arrayNode();
        for (var rule : http) {
            rules.add(leadsToApex(rule) ? shared((ObjectNode) rule.deepCopy()) : rule);
        }
        return rules;
    }

    private boolean leadsToApex(JsonNode rule) {
        var destination = rule.path("route").path(0).path("destination");
        // Our Services have no subsets.
        return rule.path("route").size() == 1
                && !destination.has("subset")
                && names(destination.path("host").asText(), apex.name());
    }

    private ObjectNode shared(ObjectNode rule) {
        var only = (ObjectNode) rule.path("route").path(0);
        rule.putArray("route").add(to(only, apex.primary(), Weight.ALL)).add(to(only, apex.canary(), Weight.NONE));
        return rule;
    }

    private static ObjectNode to(ObjectNode destination, String host, Weight weight) {
        var copy = destination.deepCopy();
        copy.withObject("/destination").put("host", host);
        return copy.put("weight", weight.percent());
    }

    /// The rules of a VirtualService that is ours alone.
    ArrayNode plain(Weight canary) {
        var rules = JsonNodeFactory.instance.arrayNode();
        var none = JsonNodeFactory.instance.objectNode();
        rules.addObject()
                .putArray("route")
                .add(to(none, apex.primary(), new Weight(Weight.ALL.percent() - canary.percent())))
                .add(to(none, apex.canary(), canary));
        return rules;
    }

    private boolean shares(JsonNode rule) {
        return rule.path("route").size() == 2
                && destination(rule, apex.primary()).isObject()
                && destination(rule, apex.canary()).isObject();
    }

    private JsonNode destination(JsonNode rule, String service) {
        for (var destination : rule.path("route")) {
            if (names(destination.path("destination").path("host").asText(), service)) {
                return destination;
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }

    private boolean names(String host, String service) {
        var full = service + "." + namespace;
        return List.of(service, full, full + ".svc", full + ".svc.cluster.local")
                .contains(host);
    }
}
