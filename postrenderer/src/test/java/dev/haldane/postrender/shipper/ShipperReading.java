package dev.haldane.postrender.shipper;

import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What Shipper does with the rendered templates of a chart, step by step, up to the point where it would write to a
/// cluster ([renderer](https://github.com/bookingcom/shipper/tree/master/pkg/controller/installation)). It shares
/// nothing with the rule but the parser. Each refusal starts with a number:
///
/// 1 documents, 2 kinds, 3 one Deployment, 4 its API, 5 its name, 6 one Service for the traffic, 7 its selector,
/// 8 maps that labels are added to, 9 what comes out when they are, 10 names that an earlier release has used.
public final class ShipperReading {
    private static final Pattern SEPARATOR = Pattern.compile("(?:^|\\s*\\n)---\\s*");
    private static final Map<String, Set<String>> SCHEME = scheme();
    private static final Map<String, String> INJECTED = Map.of(
            "shipper-app", "shop",
            "shipper-release", "shop-5f3c-0",
            "shipper-owned-by", "shop-5f3c-0");

    private final String release;
    private final List<Manifest> objects = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    private ShipperReading(String release) {
        this.release = release;
    }

    /// Why Shipper would refuse the chart; nothing if it would not.
    public static List<String> refusals(String stream, String release) {
        var reading = new ShipperReading(release);
        for (String text : SEPARATOR.split(stream, -1)) {
            if (!text.isBlank()) {
                reading.decode(text);
            }
        }
        reading.deployment();
        reading.service();
        reading.install();
        return reading.refusals;
    }

    private void decode(String text) {
        try {
            var documents = Document.split(text, "document");
            var manifest =
                    documents.size() == 1 ? documents.getFirst().manifest() : java.util.Optional.<Manifest>empty();
            if (manifest.isEmpty() || manifest.get().kind().isEmpty()) {
                refusals.add("1 Object 'Kind' is missing in '" + text.strip() + "'");
            } else if (!SCHEME.getOrDefault(manifest.get().apiVersion(), Set.of())
                    .contains(manifest.get().kind())) {
                refusals.add("2 no kind \"" + manifest.get().kind() + "\" is registered for version \""
                        + manifest.get().apiVersion() + "\"");
            } else if (manifest.get().kind().endsWith("List")) {
                refusals.add("2 " + manifest.get().kind() + " is no object with metadata of its own");
            } else {
                objects.add(manifest.get());
            }
        } catch (UserError e) {
            refusals.add("1 could not decode: " + e.problem());
        }
    }

    private void deployment() {
        var deployments =
                objects.stream().filter(o -> o.kind().equals("Deployment")).toList();
        if (deployments.size() != 1) {
            refusals.add("3 should have exactly 1 Deployment object, but it has " + deployments.size());
        }
        for (Manifest deployment : deployments) {
            if (!deployment.apiVersion().equals("apps/v1")) {
                refusals.add("4 " + deployment.apiVersion() + " is never scaled");
            }
            if (!deployment.name().contains(release)) {
                refusals.add("5 Deployment \"" + deployment.name() + "\" has invalid name");
            }
            if (deployment.strings("spec", "template", "metadata", "labels").isEmpty()) {
                refusals.add("8 template labels: assignment to entry in nil map");
            }
            if (deployment.at("spec", "selector").isPresent()
                    && deployment.strings("spec", "selector", "matchLabels").isEmpty()) {
                refusals.add("8 matchLabels: assignment to entry in nil map");
            }
        }
    }

    private List<Manifest> balancers() {
        var services = objects.stream().filter(o -> o.is("", "Service")).toList();
        var labelled = services.stream()
                .filter(service -> "production".equals(service.labels().get("shipper-lb")))
                .toList();
        return labelled.isEmpty() && services.size() == 1 ? services : labelled;
    }

    private void service() {
        var balancers = balancers();
        if (balancers.size() != 1) {
            refusals.add("6 one and only one v1.Service object with label \"shipper-lb\" is required, but "
                    + balancers.size() + " found instead");
        }
        for (Manifest balancer : balancers) {
            if (balancer.strings("spec", "selector").containsKey("release")) {
                refusals.add("7 The chart contains \"release\" label in Service object \"" + balancer.name() + "\"");
            }
        }
    }

    /// Labels are merged into everything; then pods must be those of their Deployment, and get traffic once they are
    /// told to.
    private void install() {
        for (Manifest deployment : objects) {
            if (!deployment.is("apps", "Deployment")) {
                continue;
            }
            var selector = merged(deployment.strings("spec", "selector", "matchLabels"));
            var pods = merged(deployment.strings("spec", "template", "metadata", "labels"));
            if (!pods.entrySet().containsAll(selector.entrySet())) {
                refusals.add("9 selector does not match template labels");
            }
            pods.put("shipper-traffic-status", "enabled");
            for (Manifest balancer : balancers()) {
                var wanted = new HashMap<>(balancer.strings("spec", "selector"));
                wanted.put("shipper-app", "shop");
                wanted.put("shipper-traffic-status", "enabled");
                if (!pods.entrySet().containsAll(wanted.entrySet())) {
                    refusals.add("9 Service \"" + balancer.name() + "\" selects no pod of the release");
                }
                if (balancer.name().startsWith(release + "-") || balancer.name().endsWith("-" + release)) {
                    refusals.add("10 Service \"" + balancer.name() + "\" would be another one in each release");
                }
            }
        }
        var names = new HashMap<String, Integer>();
        objects.forEach(object -> names.merge(object.label(), 1, Integer::sum));
        objects.stream()
                .filter(object -> !object.namespace().isEmpty())
                .forEach(object -> refusals.add("10 " + object.label() + " is in the namespace of another release"));
        names.values().removeIf(count -> count == 1);
        names.keySet().forEach(name -> refusals.add("10 " + name + " stands twice"));
    }

    private static Map<String, String> merged(Map<String, String> labels) {
        var merged = new LinkedHashMap<>(labels);
        merged.putAll(INJECTED);
        return merged;
    }

    private static Map<String, Set<String>> scheme() {
        var scheme = new HashMap<String, Set<String>>();
        try (InputStream file = ShipperReading.class.getResourceAsStream("/shipper/kubernetes-1.17-kinds.txt")) {
            new String(java.util.Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(": ", 2))
                    .forEach(pair -> scheme.put(pair[0], Set.of(pair[1].split(" "))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return scheme;
    }
}
