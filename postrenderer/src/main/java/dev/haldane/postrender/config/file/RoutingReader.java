package dev.haldane.postrender.config.file;

import dev.haldane.postrender.config.RoutingDefaults;
import dev.haldane.postrender.config.RoutingDefaults.GatewayDefaults;
import dev.haldane.postrender.config.RoutingDefaults.PreviewDefaults;
import dev.haldane.postrender.config.RoutingDefaults.ServerDefaults;
import dev.haldane.postrender.config.RoutingDefaults.TlsDefaults;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The fields `virtualService`, `gateway` and `preview`.
final class RoutingReader {
    private static final Pattern GATEWAY_NAME = Pattern.compile("([a-z0-9]|\\{app\\})([-a-z0-9]|\\{app\\})*(?<!-)");
    private static final Pattern PORT_NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final List<String> PROTOCOLS = List.of("HTTP", "HTTPS", "HTTP2", "GRPC", "GRPC-WEB");
    private static final List<String> TLS_MODES = List.of("SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL", "ISTIO_MUTUAL");
    private static final int LAST_PORT = 65_535;

    /// Production keeps something: else it is no preview.
    private static final int MOST_PERCENT = 99;

    private RoutingReader() {}

    /// @param fields of the whole file
    static RoutingDefaults over(RoutingDefaults base, Fields fields) {
        var weighted = fields.choice("virtualService", List.of("delegate", "weighted"))
                .map("weighted"::equals)
                .orElse(base.weighted());
        var gateway =
                fields.has("gateway") ? Optional.of(gateway(base.gateway(), fields.below("gateway"))) : base.gateway();
        var preview = fields.maps("preview", RoutingReader::preview);
        preview.ifPresent(list -> checkSums(list, fields));
        return new RoutingDefaults(weighted, gateway, preview.orElse(base.preview()));
    }

    /// Single fields of it come from `--set` as well.
    private static GatewayDefaults gateway(Optional<GatewayDefaults> base, Fields fields) {
        fields.only(List.of("name", "selector", "servers"));
        var selector = fields.labels("selector")
                .or(() -> base.map(GatewayDefaults::selector))
                .orElse(Map.of("istio", "ingressgateway"));
        if (selector.isEmpty()) {
            fields.problem("selector", "gateway.selector selects no pods", "such as {istio: ingressgateway}");
        }
        return new GatewayDefaults(
                fields.matching("name", GATEWAY_NAME, "a name, such as public-gateway or {app}-gateway")
                        .or(() -> base.map(GatewayDefaults::name))
                        .orElse("{app}-gateway"),
                selector,
                fields.maps("servers", RoutingReader::server)
                        .or(() -> base.map(GatewayDefaults::servers))
                        .filter(servers -> !servers.isEmpty())
                        .orElse(List.of(ServerDefaults.plain())));
    }

    private static Optional<ServerDefaults> server(Fields fields) {
        fields.only(List.of("port", "hosts", "tls"));
        var port = fields.below("port").only(List.of("number", "name", "protocol"));
        var protocol = port.choice("protocol", PROTOCOLS).orElse("HTTP");
        var tls = fields.has("tls") ? Optional.of(tls(fields.below("tls"))) : Optional.<TlsDefaults>empty();
        if (protocol.equals("HTTPS") && tls.map(TlsDefaults::mode).orElse("").isEmpty()) {
            fields.problem(
                    "port", "a server that speaks HTTPS needs tls", "tls: {mode: SIMPLE, credentialName: <Secret>}");
        }
        if (!port.has("number")) {
            fields.problem("port", "a server without port.number", "such as port: {number: 80, protocol: HTTP}");
        }
        var hosts = fields.texts("hosts", DefaultsReader.HOST, "such as shop.example.com or {app}.example.com")
                .orElse(List.of());
        return port.number("number", 1, LAST_PORT)
                .map(number -> new ServerDefaults(
                        number, port.matching("name", PORT_NAME, "such as http").orElse(""), protocol, hosts, tls));
    }

    private static TlsDefaults tls(Fields fields) {
        fields.only(List.of("mode", "credentialName", "httpsRedirect"));
        var read = new TlsDefaults(
                fields.choice("mode", TLS_MODES).orElse(""),
                fields.text("credentialName").orElse(""),
                fields.truth("httpsRedirect").orElse(false));
        if (List.of("SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL").contains(read.mode())
                && read.credentialName().isEmpty()) {
            fields.problem("mode", "tls.mode " + read.mode() + " needs tls.credentialName", "the name of a Secret");
        }
        return read;
    }

    private static Optional<PreviewDefaults> preview(Fields fields) {
        fields.only(List.of("app", "namespace", "percent"));
        for (String name : List.of("app", "namespace", "percent")) {
            if (!fields.has(name)) {
                fields.problem(name, "a preview without " + name, "{app: shop, namespace: jx-staging, percent: 5}");
            }
        }
        var app = fields.matching("app", DefaultsReader.NAME, "the name of production's Service");
        var namespace = fields.matching("namespace", DefaultsReader.NAME, "the name of a namespace");
        var percent = fields.number("percent", 1, MOST_PERCENT);
        return app.flatMap(a -> namespace.flatMap(n -> percent.map(p -> new PreviewDefaults(a, n, p))));
    }

    private static void checkSums(List<PreviewDefaults> previews, Fields fields) {
        var sums = new LinkedHashMap<String, Integer>();
        previews.forEach(preview -> sums.merge(preview.app(), preview.percent(), Integer::sum));
        sums.forEach((app, sum) -> {
            if (sum > MOST_PERCENT) {
                fields.problem(
                        "preview", "the previews of " + app + " get " + sum + " %", "at most " + MOST_PERCENT + " %");
            }
        });
        var seen = new HashMap<String, PreviewDefaults>();
        for (PreviewDefaults preview : previews) {
            if (seen.put(preview.app() + " " + preview.namespace(), preview) != null) {
                fields.problem(
                        "preview", preview.app() + " has two previews in " + preview.namespace(), "keep one of them");
            }
        }
    }
}
