package dev.haldane.webhook.demo.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.haldane.webhook.demo.mesh.RouteTable.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each expectation was seen on real istiod and Envoy.
class RouteTableTest {

    private static final ServiceName APEX = new ServiceName("jx", "croc");
    private static final ServiceName PRIMARY = new ServiceName("jx", "croc-primary");
    private static final ServiceName CANARY = new ServiceName("jx", "croc-canary");

    private static final String ENTRY = """
            {"metadata": {"namespace": "jx", "name": "croc-entry", "creationTimestamp": "2026-01-01T00:00:00Z"},
             "spec": {"hosts": ["croc.example.com"], "gateways": ["public"], "http": [
               {"name": "haldane", "match": [{"gateways": ["public"]}], "delegate": {"name": "croc"}},
               {"route": [{"destination": {"host": "croc"}}]}]}}""";
    private static final String DELEGATE = """
            {"metadata": {"namespace": "jx", "name": "croc", "creationTimestamp": "2026-01-01T00:00:01Z"},
             "spec": {"http": [{"route": [
               {"destination": {"host": "croc-primary"}, "weight": 90},
               {"destination": {"host": "croc-canary.jx.svc.cluster.local"}, "weight": 10}]}]}}""";

    @Test
    void the_delegate_decides_by_weight() {
        Map<ServiceName, Long> reached = reached(table(ENTRY, DELEGATE), "public", "croc.example.com");

        assertThat(reached.keySet()).containsExactlyInAnyOrder(PRIMARY, CANARY);
        assertThat(reached.get(CANARY)).isBetween(60L, 140L);
    }

    @Test
    void without_its_delegate_the_entry_falls_back_to_the_service() {
        assertThat(reached(table(ENTRY), "public", "croc.example.com")).containsOnlyKeys(APEX);
    }

    @Test
    void a_delegate_with_hosts_is_none() {
        String withHosts = DELEGATE.replace("\"http\"", "\"hosts\": [\"x\"], \"http\"");

        assertThat(reached(table(ENTRY, withHosts), "public", "croc.example.com"))
                .containsOnlyKeys(APEX);
    }

    @Test
    void a_delegate_without_rules_leaves_the_request_to_the_fallback() {
        String empty = DELEGATE.replaceFirst("(?s)\"http\".*", "\"http\": []}}");

        assertThat(reached(table(ENTRY, empty), "public", "croc.example.com")).containsOnlyKeys(APEX);
    }

    @Test
    void weight_zero_gets_nothing() {
        String atRest = DELEGATE.replace("90", "100").replace("\"weight\": 10}", "\"weight\": 0}");

        assertThat(reached(table(ENTRY, atRest), "public", "croc.example.com")).containsOnlyKeys(PRIMARY);
    }

    @Test
    void other_hosts_and_other_gateways_lead_nowhere() {
        assertThat(reached(table(ENTRY, DELEGATE), "public", "else.example.com"))
                .isEmpty();
        assertThat(reached(table(ENTRY, DELEGATE), "private", "croc.example.com"))
                .isEmpty();
    }

    @Test
    void inside_the_mesh_a_service_is_found_by_its_name() {
        assertThat(reached(table(ENTRY, DELEGATE), "mesh", "croc")).containsOnlyKeys(APEX);
    }

    @Test
    void of_two_with_the_same_host_the_older_one_comes_first() {
        String newer = """
                {"metadata": {"namespace": "jx", "name": "a", "creationTimestamp": "2026-02-01T00:00:00Z"},
                 "spec": {"hosts": ["croc.example.com"], "gateways": ["public"],
                          "http": [{"route": [{"destination": {"host": "other"}}]}]}}""";

        assertThat(reached(table(newer, ENTRY), "public", "croc.example.com")).containsOnlyKeys(APEX);
    }

    @Test
    void conditions_on_paths_and_headers_are_obeyed() {
        String testers = """
                {"metadata": {"namespace": "jx", "name": "t", "creationTimestamp": "2025-01-01T00:00:00Z"},
                 "spec": {"hosts": ["croc.example.com"], "gateways": ["public"], "http": [
                   {"match": [{"uri": {"prefix": "/beta"}, "headers": {"x-tester": {"exact": "yes"}}}],
                    "route": [{"destination": {"host": "croc-canary"}}]},
                   {"route": [{"destination": {"host": "croc-primary"}}]}]}}""";
        RouteTable table = table(testers);
        var chance = new Random(1);

        assertThat(table.route(new Inquiry("public", "croc.example.com", "/beta/x", Map.of("x-tester", "yes")), chance))
                .contains(CANARY);
        assertThat(table.route(new Inquiry("public", "croc.example.com", "/beta/x", Map.of()), chance))
                .contains(PRIMARY);
    }

    @Test
    void the_weight_of_a_destination_can_be_read() {
        assertThat(table(ENTRY, DELEGATE).weight(APEX, "croc-canary")).contains(10);
        assertThat(table(ENTRY, DELEGATE).weight(APEX, "croc-nobody")).isEmpty();
    }

    private static Map<ServiceName, Long> reached(RouteTable table, String gateway, String host) {
        var chance = new Random(7);
        return Stream.generate(() -> table.route(new Inquiry(gateway, host, "/", Map.of()), chance))
                .limit(1000)
                .flatMap(java.util.Optional::stream)
                .collect(java.util.stream.Collectors.groupingBy(
                        service -> service, java.util.stream.Collectors.counting()));
    }

    private static RouteTable table(String... objects) {
        List<VirtualService> services =
                Stream.of(objects).map(RouteTableTest::read).toList();
        return new RouteTable(services, Map.of(APEX, Map.of("app", "croc-primary")));
    }

    private static VirtualService read(String json) {
        try {
            return VirtualService.read(new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
