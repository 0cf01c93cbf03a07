package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.Anatomy.BrokenChart;
import dev.haldane.postrender.chart.engine.Interpreter;
import dev.haldane.postrender.chart.engine.NotUnderstood;
import dev.haldane.postrender.chart.template.GoTemplate;
import dev.haldane.postrender.chart.template.TemplateSyntaxException;
import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.upgrade.ModernObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a chart makes of values, as far as [Interpreter] can tell.
///
/// @param objects each with the part of the chart that it comes from
/// @param texts   of these, as rendered: a tree does not tell which keys stood twice
/// @param unknown parts that could not be rendered, and why not
record Rendered(
        Map<Part, Manifest> objects, Map<Part, String> texts, Map<Part, String> unknown, Interpreter interpreter) {
    static final Release RELEASE = new Release("release-name", "default");

    static Rendered of(Anatomy chart, Mapping values) {
        return of(chart, values, RELEASE);
    }

    static Rendered of(Anatomy chart, Mapping values, Release named) {
        var interpreter = new Interpreter(root(chart, values, named), named(chart));
        var objects = new LinkedHashMap<Part, Manifest>();
        var texts = new LinkedHashMap<Part, String>();
        var unknown = new LinkedHashMap<Part, String>();
        for (Part part : chart.parts()) {
            try {
                String text = text(part, interpreter);
                render(part, text).ifPresent(manifest -> {
                    objects.put(part, manifest);
                    texts.put(part, text.endsWith("\n") ? text : text + "\n");
                });
            } catch (NotUnderstood | TemplateSyntaxException | UnsupportedShape | UserError e) {
                unknown.put(part, String.valueOf(e.getMessage()));
            }
        }
        return new Rendered(objects, texts, unknown, interpreter);
    }

    /// The first template that Helm would not render with these values either, if our reading of it can tell.
    ///
    /// @throws BrokenChart naming the file and the line
    static void refuseBroken(Anatomy chart) {
        var interpreter = new Interpreter(root(chart, chart.values(), RELEASE), named(chart));
        for (Part part : chart.parts()) {
            try {
                text(part, interpreter);
            } catch (NotUnderstood e) {
                if (e.isError()) {
                    throw new BrokenChart(part.file(), e.line(), e.what());
                }
            } catch (TemplateSyntaxException | UnsupportedShape | UserError _) {
                // Not said to be broken: it is only not understood.
            }
        }
    }

    /// The same with every API that Kubernetes has dropped brought up to date.
    Rendered modern() {
        var modern = new LinkedHashMap<Part, Manifest>();
        objects.forEach((part, manifest) -> modern.put(part, ModernObject.of(manifest)));
        return new Rendered(modern, texts, unknown, interpreter);
    }

    List<Manifest> manifests() {
        return List.copyOf(objects.values());
    }

    private static String text(Part part, Interpreter interpreter) {
        var lines = part.outline().lines();
        return interpreter.render(
                part.template(), lines.getFirst().start(), lines.getLast().next());
    }

    private static Optional<Manifest> render(Part part, String text) {
        List<Manifest> manifests = Document.split(text, part.file()).stream()
                .flatMap(document -> document.manifest().stream())
                .filter(manifest -> !manifest.kind().isEmpty())
                .toList();
        if (manifests.size() > 1) {
            throw new UnsupportedShape(
                    part.outline().lines().getFirst().number(), "one document of the template makes several objects");
        }
        return manifests.stream().findFirst();
    }

    /// Templates can be included by the path that Helm gives them: `mychart/templates/config.yaml`.
    private static Map<String, GoTemplate> named(Anatomy chart) {
        var named = new TreeMap<String, GoTemplate>(chart.libraries());
        chart.templates().forEach((path, template) -> named.put(chart.source().name() + "/" + path, template));
        return named;
    }

    private static Mapping root(Anatomy chart, Mapping values, Release named) {
        var about = new TreeMap<String, Node>();
        chart.source().description().entries().forEach((key, value) -> about.put(capital(key), value));
        about.put("Name", Scalar.of(chart.source().name()));
        var release = Mapping.EMPTY
                .with("Name", named.name())
                .with("Namespace", named.namespace())
                .with("Service", "Helm")
                .with("Revision", Scalar.of(1))
                .with("IsInstall", Scalar.of(true))
                .with("IsUpgrade", Scalar.of(false));
        var kubernetes = Mapping.EMPTY
                .with("Version", "v1.33.0")
                .with("GitVersion", "v1.33.0")
                .with("Major", "1")
                .with("Minor", "33");
        return Mapping.EMPTY
                .with("Values", values.with("global", values.map("global")))
                .with("Chart", new Mapping(new LinkedHashMap<>(about)))
                .with("Release", release)
                .with("Template", Mapping.EMPTY.with("BasePath", chart.source().name() + "/templates"))
                .with("Capabilities", Mapping.EMPTY.with("KubeVersion", kubernetes))
                .with("Files", Mapping.EMPTY);
    }

    private static String capital(String key) {
        return key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
    }
}
