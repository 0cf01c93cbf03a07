package dev.haldane.webhook.demo.mesh;

import dev.haldane.webhook.demo.mesh.VirtualService.Route;
import dev.haldane.webhook.demo.mesh.VirtualService.Rule;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Where requests go, at one moment.
///
/// @param services selectors of the Services, by name; one without a selector has no pods
record RouteTable(List<VirtualService> virtualServices, Map<ServiceName, Map<String, String>> services) {

    static final RouteTable EMPTY = new RouteTable(List.of(), Map.of());

    RouteTable {
        virtualServices = virtualServices.stream()
                .sorted(Comparator.comparing(VirtualService::created).thenComparing(VirtualService::name))
                .toList();
        services = Map.copyOf(services);
    }

    record ServiceName(String namespace, String name) {
        @Override
        public String toString() {
            return name + "." + namespace;
        }
    }

    /// The Service that a request goes to; empty where no route leads anywhere. Chance decides between weights.
    Optional<ServiceName> route(Inquiry inquiry, RandomGenerator chance) {
        return virtualServices.stream()
                .filter(one ->
                        one.hosts().contains(inquiry.host()) && one.gateways().contains(inquiry.gateway()))
                .findFirst()
                .map(root -> through(root, inquiry, chance))
                .orElseGet(() -> inquiry.gateway().equals(VirtualService.MESH)
                        ? services.keySet().stream()
                                .filter(name -> name.name().equals(inquiry.host()))
                                .findFirst()
                        : Optional.empty());
    }

    private Optional<ServiceName> through(VirtualService root, Inquiry inquiry, RandomGenerator chance) {
        return root.rules().stream()
                .filter(rule -> rule.accepts(inquiry))
                .flatMap(rule -> rule.delegate().isEmpty() ? Stream.of(rule) : delegated(root, rule, inquiry))
                .filter(rule -> !rule.routes().isEmpty())
                .findFirst()
                .map(rule -> new ServiceNames(root.namespace()).of(pick(rule.routes(), chance)));
    }

    /// A delegate that is missing, or that has hosts and so is none, leaves the request to the next rule of the root.
    private Stream<Rule> delegated(VirtualService root, Rule rule, Inquiry inquiry) {
        return virtualServices.stream()
                .filter(one -> one.isDelegate()
                        && one.name().equals(rule.delegate())
                        && one.namespace().equals(root.namespace()))
                .flatMap(delegate -> delegate.rules().stream())
                .filter(inner -> inner.accepts(inquiry));
    }

    private static Route pick(List<Route> routes, RandomGenerator chance) {
        int total = routes.stream().mapToInt(Route::weight).sum();
        int left = total == 0 ? 0 : chance.nextInt(total);
        for (Route route : routes) {
            left -= route.weight();
            if (left < 0) {
                return route;
            }
        }
        return routes.getFirst();
    }

    /// Short names are those of the VirtualService's own namespace.
    private record ServiceNames(String namespace) {
        ServiceName of(Route route) {
            String[] parts = route.host().split("\\.", 3);
            return new ServiceName(parts.length > 1 ? parts[1] : namespace, parts[0]);
        }
    }

    /// Labels that a pod needs to serve a Service; empty if there is no such Service, or it selects no pods.
    Optional<Map<String, String>> selector(ServiceName service) {
        return Optional.ofNullable(services.get(service)).filter(selector -> !selector.isEmpty());
    }

    /// The share of a Service in the routes of a VirtualService, in percent; empty if it has no part in them.
    Optional<Integer> weight(ServiceName virtualService, String host) {
        return virtualServices.stream()
                .filter(one -> one.name().equals(virtualService.name())
                        && one.namespace().equals(virtualService.namespace()))
                .flatMap(one -> one.rules().stream())
                .flatMap(rule -> rule.routes().stream())
                .filter(route -> route.host().equals(host) || route.host().startsWith(host + "."))
                .map(Route::weight)
                .findFirst();
    }
}
