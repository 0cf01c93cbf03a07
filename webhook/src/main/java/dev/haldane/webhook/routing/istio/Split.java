package dev.haldane.webhook.routing.istio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.canary.Apex;
import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.canary.Preview;
import dev.haldane.webhook.canary.Weight;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rules of one VirtualService (`spec.http`) that share requests between primary and canary. All of them have the
/// same weights. Every other rule, and every other field, stays as it is.
///
/// Weights sum to 100. What previews get comes first; primary and canary share the rest in proportion to the canary's
/// weight.
record Split(Apex apex, String namespace) {

    private static final int ALL = Weight.ALL.percent();
    private static final String CLUSTER = ".svc.cluster.local";

    /// The weight in force; empty if no rule leads to both.
    ///
    /// @param noted what was written down when the weights were set: it counts if it gives just these
    Optional<Weight> weight(JsonNode http, Optional<Weight> noted) {
        for (var rule : http) {
            if (shares(rule)) {
                return Optional.of(weightOf(rule, noted));
            }
        }
        return Optional.empty();
    }

    private Weight weightOf(JsonNode rule, Optional<Weight> noted) {
        int canary = share(destination(rule, apex.canary()));
        int all = canary + share(destination(rule, apex.primary()));
        if (noted.isPresent() && scaled(noted.get(), all) == canary) {
            return noted.get();
        }
        return all <= 0 ? Weight.NONE : new Weight(Math.round(100f * canary / all));
    }

    private static int share(JsonNode destination) {
        return Math.max(0, destination.path("weight").asInt());
    }

    /// The canary's part of `rest`. As long as it can be, it is more than nothing for more than 0 %, and less than all
    /// for less than 100 %: a canary without requests cannot be judged.
    static int scaled(Weight canary, int rest) {
        int part = Math.round(rest * canary.percent() / 100f);
        boolean between = canary.compareTo(Weight.NONE) > 0 && canary.compareTo(Weight.ALL) < 0;
        return between && rest > 1 ? Math.clamp(part, 1, rest - 1) : part;
    }

    /// The same rules with this weight and the previews that the apex has now. All weights are written: destinations
    /// without any would freeze the whole gateway
    /// ([HTTPRouteDestination](https://istio.io/latest/docs/reference/config/networking/virtual-service/)).
    ///
    /// @param ours namespaces of previews that we have put in; those of others stay, with their weights
    ArrayNode weighted(JsonNode http, Weight canary, Set<String> ours) {
        var rules = (ArrayNode) http.deepCopy();
        for (var rule : rules) {
            if (shares(rule)) {
                weigh((ObjectNode) rule, canary, ours);
            }
        }
        return rules;
    }

    private void weigh(ObjectNode rule, Weight canary, Set<String> ours) {
        var others = JsonNodeFactory.instance.arrayNode();
        int rest = ALL;
        for (var destination : rule.path("route")) {
            var preview = preview(destination);
            if (preview.isPresent() && !isWanted(preview.get()) && !ours.contains(preview.get())) {
                others.add(destination);
                rest -= share(destination);
            }
        }
        for (var preview : apex.previews()) {
            others.add(to(rule, preview));
            rest -= preview.percent();
        }
        if (rest < 1) {
            throw new ClusterUnavailable("previews leave nothing of the requests for " + apex.name() + "." + namespace);
        }
        put(destination(rule, apex.primary()), rest - scaled(canary, rest));
        put(destination(rule, apex.canary()), scaled(canary, rest));
        var routes = JsonNodeFactory.instance.arrayNode();
        for (var destination : rule.path("route")) {
            if (preview(destination).isEmpty()) {
                routes.add(destination);
            }
        }
        rule.set("route", routes.addAll(others));
    }

    private boolean isWanted(String namespace) {
        return apex.previews().stream().anyMatch(preview -> preview.namespace().equals(namespace));
    }

    /// As it is there already, or else like the primary's, by the apex Service's port: it is the same chart.
    private ObjectNode to(JsonNode rule, Preview preview) {
        for (var destination : rule.path("route")) {
            if (preview(destination).filter(preview.namespace()::equals).isPresent()) {
                return ((ObjectNode) destination).put("weight", preview.percent());
            }
        }
        var like = (ObjectNode) destination(rule, apex.primary());
        var added = to(like, apex.name() + "." + preview.namespace() + CLUSTER, preview.percent());
        added.withObject("/destination/port").put("number", apex.port());
        return added;
    }

    private static void put(JsonNode destination, int weight) {
        ((ObjectNode) destination).put("weight", weight);
    }

    /// The same rules, those that lead to the apex Service shared between primary and canary from now on. Who gets a
    /// share of it beside the apex Service keeps that.
    ArrayNode takenOver(JsonNode http) {
        var rules = JsonNodeFactory.instance.arrayNode();
        for (var rule : http) {
            rules.add(leadsToApex(rule) ? shared((ObjectNode) rule.deepCopy()) : rule);
        }
        return rules;
    }

    private boolean leadsToApex(JsonNode rule) {
        int apexes = 0;
        for (var destination : rule.path("route")) {
            // Our Services have no subsets.
            boolean toApex = names(host(destination), apex.name())
                    && !destination.path("destination").has("subset");
            apexes += toApex ? 1 : 0;
            if (!toApex && preview(destination).isEmpty()) {
                return false;
            }
        }
        return apexes == 1;
    }

    private ObjectNode shared(ObjectNode rule) {
        var routes = JsonNodeFactory.instance.arrayNode();
        boolean alone = rule.path("route").size() == 1;
        for (var destination : rule.path("route")) {
            if (preview(destination).isPresent()) {
                routes.add(destination);
            } else {
                var only = (ObjectNode) destination;
                routes.add(to(only, apex.primary(), alone ? ALL : share(destination)))
                        .add(to(only, apex.canary(), 0));
            }
        }
        return rule.set("route", routes);
    }

    private static ObjectNode to(ObjectNode destination, String host, int weight) {
        var copy = destination.deepCopy();
        copy.withObject("/destination").put("host", host);
        return copy.put("weight", weight);
    }

    /// The annotations that belong to these rules with this weight.
    Map<String, String> notes(JsonNode http, Weight canary) {
        boolean shared = false;
        for (var rule : http) {
            shared |= shares(rule) && rule.path("route").size() > 2;
        }
        return RouteNotes.texts(canary, apex.previews(), shared);
    }

    /// The rules of a VirtualService that is ours alone.
    ArrayNode plain(Weight canary) {
        var rules = JsonNodeFactory.instance.arrayNode();
        var none = JsonNodeFactory.instance.objectNode();
        rules.addObject().putArray("route").add(to(none, apex.primary(), ALL)).add(to(none, apex.canary(), 0));
        return weighted(rules, canary, Set.of());
    }

    private boolean shares(JsonNode rule) {
        int previews = 0;
        for (var destination : rule.path("route")) {
            previews += preview(destination).isPresent() ? 1 : 0;
        }
        return rule.path("route").size() == 2 + previews
                && destination(rule, apex.primary()).isObject()
                && destination(rule, apex.canary()).isObject();
    }

    private JsonNode destination(JsonNode rule, String service) {
        for (var destination : rule.path("route")) {
            if (names(host(destination), service)) {
                return destination;
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }

    /// The namespace, if it is a Service of the apex's name in another one.
    private Optional<String> preview(JsonNode destination) {
        var host = host(destination);
        if (!host.startsWith(apex.name() + ".") || names(host, apex.name())) {
            return Optional.empty();
        }
        var rest = host.substring(apex.name().length() + 1);
        int dot = rest.indexOf('.');
        boolean cluster = dot < 0 || List.of(".svc", CLUSTER).contains(rest.substring(dot));
        return cluster ? Optional.of(dot < 0 ? rest : rest.substring(0, dot)) : Optional.empty();
    }

    private static String host(JsonNode destination) {
        return destination.path("destination").path("host").asText();
    }

    private boolean names(String host, String service) {
        var full = service + "." + namespace;
        return List.of(service, full, full + ".svc", full + CLUSTER).contains(host);
    }
}
