package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.engine.Interpreter;
import dev.haldane.postrender.chart.template.GoTemplate.Block;
import dev.haldane.postrender.chart.template.Piece.Action;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Json;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Marks;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rule.Rendering;
import dev.haldane.postrender.rule.Source;
import dev.haldane.postrender.rules.RuleSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Proves an edit before anybody sees it: with the chart's own values, and with each of its switches turned, the
/// edited chart makes what the rules make of the original one.
final class SelfCheck {
    private static final Pattern SWITCH = Pattern.compile("(?:else )?(?:if|with) (?:not )?\\.Values((?:\\.\\w+)+)");

    private static final List<String> SWITCHED =
            List.of("Deployment", "Service", "HorizontalPodAutoscaler", "Ingress", "PodDisruptionBudget");
    private static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";

    private final Anatomy original;
    private final Anatomy edited;
    private final List<Part> left;
    private final RuleSet rules;
    private final Release release;
    private final boolean own;

    /// @param left    parts that keep their API, although it is gone
    /// @param release under which it is rendered
    /// @param own     whether the Canary is the chart's own
    SelfCheck(
            Anatomy original, Anatomy edited, List<Part> left, RolloutDefaults defaults, Release release, boolean own) {
        this.original = original;
        this.edited = edited;
        this.left = List.copyOf(left);
        this.rules = RuleSet.of(defaults);
        this.release = release;
        this.own = own;
    }

    /// What the rules make of a chart with these values.
    ///
    /// @param own whether a Canary of the chart's own counts as ours
    static Rendering ruled(Rendered rendered, RuleSet rules, Release release, boolean own) {
        var texts = new StringBuilder();
        rendered.objects().forEach((part, manifest) -> {
            boolean marked = own && manifest.is("flagger.app", "Canary");
            String text = rendered.texts().getOrDefault(part, "");
            texts.append(
                    marked
                            ? Document.of(marked(manifest).root(), List.of(), "\n")
                                    .text()
                            : "---\n" + text);
        });
        return rules.rewrite(List.of(new Source("chart", texts.toString())), Door.CHART, release)
                .getFirst();
    }

    private static Manifest marked(Manifest canary) {
        return canary.withAnnotation(Marks.INJECTED_BY, Marks.HALDANE);
    }

    /// The first difference; empty if there is none.
    Optional<String> difference(Mapping values) {
        var all = new ArrayList<List<String>>();
        all.add(List.of());
        switches(original).forEach(all::add);
        return all.stream()
                .flatMap(path -> differenceWith(values, path).stream())
                .findFirst();
    }

    /// The chart's own switches in what we edit: `hpa.enabled`, `knativeDeploy`, …
    static Set<List<String>> switches(Anatomy chart) {
        var switches = new LinkedHashSet<List<String>>();
        for (String kind : SWITCHED) {
            for (Part part : chart.ofKind(kind)) {
                for (Block block : part.template().blocks()) {
                    Stream.concat(Stream.of(block.opener()), block.branches().stream())
                            .map(Action::body)
                            .map(SWITCH::matcher)
                            .filter(Matcher::matches)
                            .forEach(found -> switches.add(
                                    List.of(found.group(1).substring(1).split("\\."))));
                }
            }
        }
        return switches;
    }

    private Optional<String> differenceWith(Mapping values, List<String> turned) {
        Rendered before = Rendered.of(original, turned(values, turned), release);
        Rendered after = Rendered.of(edited, turned(own ? values : values(edited, values), turned), release);
        if (!turned.isEmpty() && !before.unknown().isEmpty()) {
            return Optional.empty();
        }
        var wanted = new ArrayList<Mapping>();
        for (Document document :
                Document.split(ruled(before, rules, release, own).text(), "rules")) {
            document.manifest()
                    .map(manifest -> leftAlone(manifest, before))
                    .map(SelfCheck::comparable)
                    .ifPresent(wanted::add);
        }
        var made = new ArrayList<>(after.manifests().stream()
                .map(this::asMarked)
                .map(SelfCheck::comparable)
                .toList());
        for (Mapping root : List.copyOf(wanted)) {
            if (made.remove(root)) {
                wanted.remove(root);
            }
        }
        for (Mapping root : List.copyOf(wanted)) {
            keptOld(new Manifest(root), before, made).ifPresent(kept -> {
                made.remove(kept);
                wanted.remove(root);
            });
        }
        String when = turned.isEmpty() ? "" : " when " + String.join(".", turned) + " is turned";
        return Stream.concat(wanted.stream(), made.stream())
                .findFirst()
                .map(Manifest::new)
                .map(manifest -> manifest.label() + " would not be what post-rendering makes of it" + when
                        + where(manifest.label(), wanted, made));
    }

    /// The first field of an object in which two renderings differ.
    private static String where(String label, List<Mapping> wanted, List<Mapping> made) {
        Optional<Mapping> one = labelled(label, wanted);
        Optional<Mapping> other = labelled(label, made);
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? ": it would be there once too often" : ": it would not be there";
        }
        return ": " + difference("", one.get(), other.get());
    }

    private static Optional<Mapping> labelled(String label, List<Mapping> roots) {
        return roots.stream()
                .filter(root -> new Manifest(root).label().equals(label))
                .findFirst();
    }

    private static String difference(String path, Node wanted, Node made) {
        if (wanted instanceof Mapping(var ones, var _) && made instanceof Mapping(var others, var _)) {
            var keys = new TreeSet<>(ones.keySet());
            keys.addAll(others.keySet());
            for (String key : keys) {
                Node one = ones.getOrDefault(key, Scalar.NULL);
                Node other = others.getOrDefault(key, Scalar.NULL);
                if (!one.equals(other)) {
                    return difference(path + "." + key, one, other);
                }
            }
        }
        return path.replaceFirst("^\\.", "") + " would be " + Json.print(made) + ", not " + Json.print(wanted);
    }

    private Manifest asMarked(Manifest manifest) {
        return own && manifest.is("flagger.app", "Canary") ? marked(manifest) : manifest;
    }

    private Manifest leftAlone(Manifest ruled, Rendered before) {
        return left.stream()
                .map(before.objects()::get)
                .filter(Objects::nonNull)
                .filter(manifest -> manifest.label().equals(ruled.label()))
                .findFirst()
                .orElse(ruled);
    }

    /// What has no part in a rollout, and an API that the template does not tell, stays what it was.
    private static Optional<Mapping> keptOld(Manifest wanted, Rendered before, List<Mapping> made) {
        if (List.of("Deployment", "Service", "Canary", "VirtualService", "HorizontalPodAutoscaler")
                .contains(wanted.kind())) {
            return Optional.empty();
        }
        return before.manifests().stream()
                .filter(manifest -> manifest.label().equals(wanted.label()))
                .map(SelfCheck::comparable)
                .filter(made::contains)
                .findFirst();
    }

    /// The class of an Ingress stays an annotation in a template, which controllers read as well.
    private static Mapping comparable(Manifest manifest) {
        if (!manifest.kind().equals("Ingress")) {
            return manifest.root();
        }
        var bare = manifest.without(List.of("spec", "ingressClassName"))
                .without(List.of("metadata", "annotations", CLASS_ANNOTATION));
        boolean none = bare.root().map("metadata", "annotations").entries().isEmpty();
        return (none ? bare.without(List.of("metadata", "annotations")) : bare).root();
    }

    /// The values that were looked at, with the block that was put in.
    private static Mapping values(Anatomy edited, Mapping values) {
        Mapping block = edited.values().map(ValuesBlock.KEY);
        return block.entries().isEmpty() ? values : values.with(ValuesBlock.KEY, block);
    }

    private Mapping turned(Mapping values, List<String> path) {
        if (path.isEmpty()) {
            return values;
        }
        Node now = values.at(path).orElse(Scalar.NULL);
        Node other = Interpreter.isTrue(now) ? Scalar.NULL : turnedOn(path, now);
        return values.with(path, other) instanceof Mapping turned ? turned : values;
    }

    /// A map where the chart prints a map, such as annotations.
    private Node turnedOn(List<String> path, Node now) {
        String printed = "toYaml .Values." + String.join(".", path);
        boolean map = now instanceof Mapping
                || original.templates().values().stream()
                        .anyMatch(template -> template.source().contains(printed));
        return map ? Mapping.EMPTY.with("example.com/key", "value") : Scalar.of(true);
    }
}
