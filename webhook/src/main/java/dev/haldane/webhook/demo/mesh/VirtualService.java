package dev.haldane.webhook.demo.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;

/// A VirtualService, as far as the gateway obeys it
/// ([VirtualService](https://istio.io/latest/docs/reference/config/networking/virtual-service/)): hosts, gateways, and
/// of each HTTP rule its conditions on gateway, path and headers, its delegate, and its weighted destinations.
///
/// @param created  for order: of two with the same host the older one comes first
/// @param gateways `mesh` where the object names none
record VirtualService(
        String namespace, String name, String created, List<String> hosts, List<String> gateways, List<Rule> rules) {

    static final String MESH = "mesh";

    VirtualService {
        hosts = List.copyOf(hosts);
        gateways = List.copyOf(gateways);
        rules = List.copyOf(rules);
    }

    /// @param delegate name of the VirtualService that has the routes; `""`: this one has
    record Rule(List<JsonNode> matches, String delegate, List<Route> routes) {
        Rule {
            matches = List.copyOf(matches);
            routes = List.copyOf(routes);
        }

        /// Whether one of the conditions holds, or there is none.
        boolean accepts(Inquiry inquiry) {
            return matches.isEmpty() || matches.stream().anyMatch(match -> holds(match, inquiry));
        }
    }

    /// @param weight 0 to 100; counts as 100 where a destination stands alone
    record Route(String host, int weight) {}

    static VirtualService read(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        JsonNode spec = object.path("spec");
        List<String> gateways = texts(spec.path("gateways"));
        return new VirtualService(
                metadata.path("namespace").asText(),
                metadata.path("name").asText(),
                metadata.path("creationTimestamp").asText(),
                texts(spec.path("hosts")),
                gateways.isEmpty() ? List.of(MESH) : gateways,
                spec.path("http").valueStream().map(VirtualService::rule).toList());
    }

    private static Rule rule(JsonNode rule) {
        boolean alone = rule.path("route").size() == 1;
        List<Route> routes = rule.path("route")
                .valueStream()
                .map(route -> new Route(
                        route.path("destination").path("host").asText(),
                        alone ? 100 : route.path("weight").asInt()))
                .toList();
        return new Rule(
                rule.path("match").valueStream().toList(),
                rule.path("delegate").path("name").asText(""),
                routes);
    }

    /// A condition that is not known here does not hold.
    private static boolean holds(JsonNode match, Inquiry inquiry) {
        return match.properties().stream().allMatch(condition -> switch (condition.getKey()) {
            case "name" -> true;
            case "gateways" -> texts(condition.getValue()).contains(inquiry.gateway());
            case "uri" -> matches(condition.getValue(), inquiry.path());
            case "headers" ->
                condition.getValue().properties().stream()
                        .allMatch(header ->
                                matches(header.getValue(), inquiry.headers().getOrDefault(header.getKey(), "")));
            default -> false;
        });
    }

    private static boolean matches(JsonNode text, String value) {
        if (text.has("exact")) {
            return value.equals(text.path("exact").asText());
        }
        return text.has("prefix")
                ? value.startsWith(text.path("prefix").asText())
                : Pattern.matches(text.path("regex").asText(), value);
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    /// Delegates have no hosts of their own.
    boolean isDelegate() {
        return hosts.isEmpty();
    }
}
